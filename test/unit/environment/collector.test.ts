// The collectors as they ship: run where this machine can, and parsed by a real parser where it can't.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { Language, Parser } from 'web-tree-sitter';
import { readyToPaste } from '../../../src/domain/environment/collector';
import { itemsOf } from '../../../src/domain/environment/items';
import { readOutputs } from '../../../src/domain/environment/reading';

const bash = readFileSync('media/collector/casebook-collect.sh', 'utf8');
const powerShell = readFileSync('media/collector/casebook-collect.ps1', 'utf8');
const now = 1795328400;

/** The comment that says what a script does, before its first command. */
const head = (script: string) =>
  script
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((_, index, lines) => lines.slice(0, index + 1).every((line) => line.startsWith('#')))
    .join('\n');

describe('the collector for Linux', function () {
  this.timeout(30_000);

  /** Those of the shells of customers' servers that are on this machine too. */
  const shells = [['bash'], ['dash'], ['busybox', 'sh']].filter(
    ([command = '', ...rest]) => spawnSync(command, [...rest, '-c', 'exit 0']).status === 0,
  );

  it(`prints one whole block, run by ${shells.map((shell) => shell.join(' ')).join(', ')}`, () => {
    assert.ok(shells.length > 0);
    for (const [command = '', ...rest] of shells) {
      const run = spawnSync(command, [...rest, '-s'], {
        input: readyToPaste(bash, now),
        encoding: 'utf8',
        timeout: 20_000,
      });
      assert.equal(run.stderr, '', command);
      const outputs = readOutputs(run.stdout);
      assert.equal(outputs.length, 1, run.stdout);
      assert.deepEqual(outputs[0]?.lost, []);
      assert.equal(outputs[0]?.unknownFormat, undefined);
      const { snapshot } = outputs[0];
      assert.equal(snapshot.notBefore, now * 1000);
      assert.ok(Math.abs(Date.parse(snapshot.at ?? '') - Date.now()) < 60_000, snapshot.at);
      const items = itemsOf(snapshot, 0, 'en');
      for (const key of ['os', 'clock'] as const) assert.notEqual(items[key] ?? '', '', `${command}: ${key}`);
      if (process.platform !== 'linux') continue;
      for (const key of ['cpu', 'memory', 'disk', 'processes'] as const)
        assert.notEqual(items[key] ?? '', '', `${command}: ${key}`);
    }
  });

  it('goes on where every command is missing', () => {
    const run = spawnSync(process.platform === 'win32' ? 'bash' : '/bin/bash', ['-s'], {
      input: bash,
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
      timeout: 20_000,
    });
    assert.match(run.stdout, /BEGIN/);
    assert.match(run.stdout, /END/);
  });

  it('leaves the shell that it is pasted into as it was', () => {
    const run = spawnSync('bash', ['-s'], {
      input: `mark=mine; asked=mine\n${bash}\necho "still here $mark $asked $LC_ALL"; type say`,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      timeout: 20_000,
    });
    assert.match(run.stdout, /still here mine mine C\.UTF-8\n$/);
  });

  it('has nothing that a terminal would take for its own: no tab, no history mark, no quote in a comment', () => {
    assert.doesNotMatch(bash, /[\t!\r]/);
    for (const line of bash.split('\n').filter((each) => each.trim().startsWith('#'))) {
      assert.doesNotMatch(line, /['"`$(){}<>|&*?\\[\]]/, line);
    }
  });

  it('asks nothing of the network, writes nothing and reads no arguments of a process', () => {
    const commands = bash
      .split('\n')
      .filter((line) => !line.trim().startsWith('#'))
      .join('\n');
    assert.doesNotMatch(
      commands,
      /\b(curl|wget|nc|ssh|sudo|su|rm|mv|cp|tee|touch|mkdir|install|apt|yum|dnf|apk|kill)\b/,
    );
    assert.doesNotMatch(commands, /cmdline|environ\b|\bps\b/);
    assert.deepEqual(
      [...commands.matchAll(/>{1,2}\s*([^\s&=;]+)/g)]
        .map(([, target]) => target)
        .filter((target) => target !== '/dev/null' && /^[/.\w]*[/.]/.test(target ?? '')),
      [],
    );
  });
});

describe('the collector for Windows', () => {
  const require = createRequire(join(process.cwd(), 'package.json'));

  it('is PowerShell', async () => {
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
    const broken = (script: string) => parser.parse(script)?.rootNode.hasError;
    assert.equal(broken(readyToPaste(powerShell, now)), false);
    // the parser sees what is not
    assert.equal(broken(powerShell.replace("catch { Miss 'disk' $_ }", "catch { Miss 'disk' $_ ")), true);
  });

  it('can be pasted into a console: no empty line within, one after', () => {
    const body = powerShell.slice(powerShell.indexOf('& {'));
    assert.match(body, /\n}\n\n$/);
    assert.doesNotMatch(body.trimEnd(), /\n\s*\n|\t|\r/);
  });

  it('asks nothing of the network, writes nothing and reads no arguments of a process', () => {
    assert.doesNotMatch(
      powerShell,
      /Invoke-|Set-|New-Item|Remove-|Out-File|Add-Content|Start-Process|CommandLine|Net\.WebClient|Win32_Process\b|DownloadString/,
    );
  });

  it('needs its byte order mark as a file, since Windows PowerShell 5.1 takes it for the local code page', () => {
    assert.ok(powerShell.startsWith('\uFEFF'));
  });
});

describe('a collector on the clipboard', () => {
  it('carries the time, and neither carriage returns nor a byte order mark', () => {
    for (const script of [bash, powerShell]) {
      const text = readyToPaste(script.replaceAll('\n', '\r\n'), now + 0.7);
      assert.match(text, new RegExp(`asked ?= ?${now}$`, 'm'));
      assert.doesNotMatch(text, /\r|\uFEFF/);
      assert.equal(text.replace(String(now), '0'), script.replace('\uFEFF', ''));
    }
  });

  it('says to whom runs it what it does and does not do, in both languages', () => {
    for (const script of [bash, powerShell]) {
      assert.match(head(script), /What it does not do: .*installs nothing[\s\S]*never their arguments/);
      assert.match(head(script), /它不做什么：不安装、不写文件/);
    }
  });

  it('comes with the extension', () => {
    const shipped = readFileSync('.vscodeignore', 'utf8');
    assert.match(shipped, /^!media\/collector\/\*$/m);
  });
});
