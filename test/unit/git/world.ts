/** A real git in a temporary folder, with a home of its own so that the machine's configuration does not count. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SimpleGitArticleRepository, type SimpleGitOptions } from '../../../src/adapters/git/articleRepository';

export class World {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-git-')));
  readonly home = join(this.folder, 'home');
  readonly top = join(this.folder, 'repository');
  readonly environment: Record<string, string>;

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.top);
    this.environment = { ...pathOnly(), HOME: this.home, XDG_CONFIG_HOME: join(this.home, 'none') };
  }

  /** A repository with an identity and one commit. */
  static ready(): World {
    const world = new World();
    world.git('init', '--quiet', '--initial-branch=main');
    world.identify();
    world.write('readme.md', 'first\n');
    world.git('add', 'readme.md');
    world.git('commit', '--quiet', '-m', 'first');
    return world;
  }

  identify(): void {
    this.git('config', 'user.name', 'Li Wei');
    this.git('config', 'user.email', 'li.wei@example.com');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', [...args], {
      cwd: this.top,
      env: { ...this.environment, GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** @returns the absolute path */
  write(name: string, text: string): string {
    const path = join(this.top, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  hook(name: string, script: string): void {
    const path = join(this.top, '.git', 'hooks', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  repository(options: Partial<SimpleGitOptions> = {}): SimpleGitArticleRepository {
    return new SimpleGitArticleRepository({ environment: this.environment, ...options });
  }

  /** Everything about the index and the working tree that a refusal must leave alone. */
  picture(): string {
    const head = this.git('rev-parse', 'HEAD');
    return [head, this.git('status', '--porcelain=v2', '--branch'), this.git('ls-files', '--stage')].join('\n');
  }

  bytes(path: string): string {
    return readFileSync(path).toString('hex');
  }

  filesOf(commit: string): string[] {
    return this.git('show', '--pretty=format:', '--name-only', commit)
      .split('\n')
      .filter((line) => line !== '');
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function pathOnly(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
  };
}
