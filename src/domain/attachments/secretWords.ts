/** What kinds of secrets are called. */
import { type FindingKind, placeholders } from '../redaction/finding';
import { type Words, w } from '../words';

const words: Partial<Record<FindingKind, Words>> = {
  token: w('token', '令牌'),
  password: w('password', '密码'),
  privateKey: w('private key', '私钥'),
  connectionString: w('password in an address', '连接地址中的密码'),
};

export const secretWords = (kind: FindingKind): Words => words[kind] ?? placeholders[kind];
