/** Secrets in logs, configuration and command lines: found with narrow bounds, and nothing else taken for one. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { mask } from '../../../src/domain/redaction/finding';

/** Never a whole token in the source: forges and packagers refuse files that hold one, real or not. */
const made = (...parts: readonly string[]) => parts.join('');
const jwt = made('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.', 'abcDEF123456789abcDEF');
const key = (lines: number) =>
  [
    made('-----BEGIN RSA ', 'PRIVATE KEY-----'),
    ...Array.from({ length: lines }, (_, line) => `MIIE${String(line).padStart(4, '0')}`.padEnd(64, 'abcDEF1')),
    made('-----END RSA ', 'PRIVATE KEY-----'),
  ].join('\n');

const masked = async (text: string) => mask(text, await secretScanner.scan(text));

describe('The detector of secrets', () => {
  const found: readonly [string, string][] = [
    ['spring.datasource.password=Xy12#ab', 'spring.datasource.password=<password>'],
    ['db.password = "a b c"  # prod', 'db.password = "<password>"  # prod'],
    ['{"user":"app","password":"p\\"x1"}', '{"user":"app","password":"<password>"}'],
    ['密码：Abc@123，请勿外传', '密码：<password>，请勿外传'],
    ['初始密码为Abc@123。', '初始密码为<password>。'],
    ['<password>hunter22</password>', '<password><password></password>'],
    ['pwd: s3cret;', 'pwd: <password>;'],
    ['db password is password=Secret123!', 'db password is password=<password>'],
    ['password: Reset@2026', 'password: <password>'],
    ['密码：Default-2026!', '密码：<password>'],
    ['Server=db;Uid=sa;Pwd=Sa@2026!;', 'Server=db;Uid=sa;Pwd=<password>;'],
    ['jdbc:mysql://h/x?user=root&password=abc123&ssl=true', 'jdbc:mysql://h/x?user=root&password=<password>&ssl=true'],
    ['postgres://app:s3cr3t@db/x', 'postgres://app:<password>@db/x'],
    ['redis://:onlypass@cache:6379/0', 'redis://:<password>@cache:6379/0'],
    ['jdbc:oracle:thin:scott/tiger@db:1521:x', 'jdbc:oracle:thin:scott/<password>@db:1521:x'],
    ['mysql -h db -uroot -pS3cret -e "x"', 'mysql -h db -uroot -p<password> -e "x"'],
    ['curl -u admin:S3cret https://x', 'curl -u admin:<password> https://x'],
    ["CREATE USER x IDENTIFIED BY 'S3cret'", "CREATE USER x IDENTIFIED BY '<password>'"],
    [`Authorization: Bearer ${jwt}`, 'Authorization: Bearer <token>'],
    [`jwt ${jwt} expired`, 'jwt <token> expired'],
    [made('AK', 'IA', 'IOSFODNN7ABCDEFG'), '<token>'],
    [`GH ${made('gh', 'p_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8')}`, 'GH <token>'],
    [
      `aws_secret_access_key = ${made('wJalrXUtnFEMIK7MDENG', 'bPxRfiCYzzzzzzzz1234')}`,
      'aws_secret_access_key = <token>',
    ],
    [`a\n${key(30)}\nb`, 'a\n<private key>\nb'],
    [`a ${key(3).split('\n').slice(0, 3).join('\n')}\nlog goes on.`, 'a <private key>\nlog goes on.'],
  ];
  for (const [text, expected] of found) {
    it(`finds what ${expected.replaceAll('\n', ' ').slice(0, 60)} stands for`, async () => {
      assert.equal(await masked(text), expected);
      assert.equal(await masked(expected), expected, 'what is masked is not found again');
    });
  }

  for (const text of [
    'using password: YES',
    'Password: changed',
    'password=SECRET_REMOVED',
    'password: failed(28P01)',
    'password=${DB_PASSWORD}',
    'password: ******',
    'ORA-28000: the account is locked; ORA-01017: invalid username/password; logon denied',
    'Unexpected token: SELECT at 5',
    'token=5 pass=12 fail=0',
    'docker run -p 8080:80 nginx',
    'mysql --port=3306 -proot_is_not_here'.replace('-proot_is_not_here', '-P 3306'),
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '密码错误：请重试',
    '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----',
    'https://example.com:8443/a@b',
  ]) {
    it(`finds nothing in ${text.split('\n')[0]}`, async () => assert.deepEqual(await secretScanner.scan(text), []));
  }

  it('finds what lies where two slices meet, once', async () => {
    const line = '2026-11-22 10:00:00.000 INFO [main] c.a.b.Service - nothing to see here\n';
    const filler = line.repeat(Math.ceil(23_000 / line.length));
    const text = `${filler}${key(60)}\n${filler}${filler}password=Zz99!x\n${filler}`;
    const kinds = (await secretScanner.scan(text)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['privateKey', 'password']);
  });

  it('is not switched off by a comment in the text', async () => {
    const token = made('gh', 'p_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8');
    assert.equal(await masked(`/* secretlint-disable */\n${token}`), '/* secretlint-disable */\n<token>');
  });

  it('speaks the language of the text', async () => {
    const text = '密码：Abc@123';
    assert.equal(mask(text, await secretScanner.scan(text, 'zh-CN')), '密码：〈密码〉');
  });
});
