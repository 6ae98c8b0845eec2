/** Many articles of real length in Chinese and English, quickly and the same in every run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../src/domain/case/ids';
import { seededRandom } from '../builders';

const things =
  '数据库 连接池 缓存 消息队列 网关 服务器 磁盘 内存 线程 日志 报表 订单 库存 单据 凭证 发票 打印机 扫码枪 标签 模板 附件 接口 证书 域名 防火墙 代理 负载均衡 容器 镜像 集群 主节点 从库 索引 分片 事务 锁 死锁 表空间 字段 编码 字符集 时区 计划任务 批处理 调度 权限 角色 账号 密码 令牌 会话 浏览器 插件 客户端 服务端 安装包 补丁 升级脚本 配置文件 环境变量 启动参数 堆内存 元空间 垃圾回收 慢查询 执行计划 归档日志 备份 恢复点 快照 网卡 交换机 存储 文件系统 句柄 端口 套接字 心跳 超时 重试 限流 熔断 注册中心 配置中心 链路 工作流 审批 节点 表单 单点登录 目录服务 组织架构 同步任务 导入 导出 电子表格 条码 批次 仓位 盘点 领料 工单 工艺路线 物料清单 成本 分摊 税率 汇率 账期 对账 银行回单 支付 退款 优惠 会员 短信 邮件 推送 通知 语音 摄像头 传感器 采集器 网关设备 固件 协议 报文 校验码 序列号 授权文件 加密机 签名 摘要'.split(
    ' ',
  );
const happenings =
  '报错 失败 超时 变慢 卡死 崩溃 中断 丢失 重复 乱码 为空 不一致 无法打开 无法保存 无法登录 拒绝连接 被占用 已耗尽 占满 泄漏 断开 反复重启 无响应 显示异常 计算错误 顺序颠倒 延迟很大 提示权限不足 找不到文件 版本不匹配 格式不正确 校验不通过 被回滚 被锁定 未生效 未释放 过期'.split(
    ' ',
  );
const times =
  '昨天下午 今天早上 升级之后 月底结账时 夜间批量期间 切换主备以后 重启之后 高峰时段 导入历史数据时 更换证书后 迁移机房以后 扩容之后'.split(
    ' ',
  );
const deeds =
  '检查 调整 重启 清理 替换 升级 回退 增加 减少 关闭 打开 重新生成 手工执行 核对 导出 备份 授权 重新部署 限制 释放 修改 对比 抓取 分析 确认'.split(
    ' ',
  );
const fillers =
  '其余功能正常 只在部分用户处出现 与数据量有关 重新登录后暂时恢复 多次尝试结果相同 测试环境无法重现 客户要求当天给出答复 影响约三十个用户 需要在维护窗口内执行 执行前先做备份 按下面的步骤处理 观察一周没有再出现 建议加入监控 默认值偏小 并发高时更容易出现 与官方文档的说明一致 旧版本没有这个问题 由配置不当引起 由程序缺陷引起 由网络抖动引起'.split(
    ' ',
  );
const english =
  'connection pool exhausted timeout server request response client error failed upgrade database table index query slow lock transaction replica primary disk space memory heap thread process restart configuration file parameter default value limit network proxy gateway certificate expired chain host name resolve cache key session token login permission denied user role group report export import spreadsheet encoding character column row batch job schedule queue message consumer producer broker partition offset lag retry cluster node shard snapshot backup restore archive log rotate path directory mount volume container image kernel driver service unit port socket listen refused reset closed stream buffer packet size large maximum exceeded invalid unexpected missing duplicate constraint violation deadlock victim rollback commit write read latency throughput monitor alert threshold plugin module class loader version mismatch dependency conflict package install patch script run check verify confirm workaround cause symptom environment solution apply change increase reduce enable disable remove add replace after before during when customer production test staging window maintenance'.split(
    ' ',
  );
const products = ['ERP', 'MES', 'WMS', 'DataHub', 'PrintStation', 'FieldLink', 'QualityBox', 'PayBridge'];
const prefixes = ['ORA', 'DH', 'ERP', 'MES', 'SQLSTATE', 'KB', 'TNS', 'WMS', 'HTTP'];
const categories = ['数据库 Databases', '中间件 Middleware', '应用 Application', '环境 Environment', '设备 Devices'];

/** A number from 0 up to 1, the same in every run. */
export function chance(seed: number): () => number {
  const random: RandomBytes = seededRandom(seed);
  return () => random(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32;
}

class Writer {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = chance(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** As in real text, a few words are everywhere and most are rare. */
  pick(words: readonly string[]): string {
    return words[Math.floor(this.#next() ** 2 * words.length)] ?? '';
  }

  code(): string {
    const digits = String(this.below(100_000)).padStart(5, '0');
    return this.below(4) === 0
      ? `0x${this.below(2 ** 31)
          .toString(16)
          .toUpperCase()}`
      : `${this.pick(prefixes)}-${digits}`;
  }

  className(): string {
    const word = () => this.pick(english).replace(/^./, (letter) => letter.toUpperCase());
    return `com.${this.pick(english)}.${this.pick(english)}.${word()}${word()}Exception`;
  }

  sentence(isChinese: boolean): string {
    if (!isChinese) {
      const words = Array.from({ length: 8 + this.below(10) }, () => this.pick(english)).join(' ');
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
    }
    const shapes = [
      () =>
        `${this.pick(times)}，${this.pick(things)}的${this.pick(things)}${this.pick(happenings)}，${this.pick(fillers)}。`,
      () => `${this.pick(deeds)}${this.pick(things)}与${this.pick(things)}，${this.pick(fillers)}。`,
      () =>
        `${this.pick(things)}${this.pick(happenings)}时${this.pick(deeds)}${this.pick(things)}，再${this.pick(deeds)} ${this.pick(english)}。`,
    ];
    return shapes[this.below(shapes.length)]?.() ?? '';
  }

  logLine(): string {
    const words = Array.from({ length: 6 + this.below(6) }, () => this.pick(english)).join(' ');
    return `ERROR ${this.code()}: ${words} (${this.className()})`;
  }
}

export interface Written {
  readonly path: string;
  readonly symptom: string;
  readonly error: string;
  readonly isChinese: boolean;
}

/** Writes `count` articles below `folder`, half of them Chinese, of one to ten kilobytes. */
export function generateArticles(folder: string, count: number): { articles: readonly Written[]; bytes: number } {
  const articles: Written[] = [];
  let bytes = 0;
  for (const category of categories) mkdirSync(join(folder, category), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const writer = new Writer(index + 1);
    const isChinese = index % 2 === 0;
    const prose = (sentences: number) =>
      Array.from({ length: sentences }, () => writer.sentence(isChinese)).join(isChinese ? '' : ' ');
    const symptom = writer.sentence(isChinese);
    const error = writer.logLine();
    const category = writer.pick(categories);
    const version = `${1 + writer.below(9)}.${writer.below(10)}.${writer.below(20)}`;
    const long = 1 + writer.below(4);
    const headings = isChinese
      ? ['问题现象', '原因', '解决方案', '验证']
      : ['Symptom', 'Cause', 'Solution', 'Verification'];
    const text = [
      `---\ntitle: ${JSON.stringify(`${symptom.slice(0, 40)} ${index}`)}`,
      `tags: [${writer.pick(things)}, ${writer.pick(english)}]\ncategories: [${category}]`,
      `product: ${writer.pick(products)}\nversions: [${version}]\nstate: validated\n---\n`,
      `## ${headings[0]}\n\n${symptom} ${prose(3 * long)}\n\n\`\`\`\n${error}\n${writer.logLine()}\n\`\`\`\n`,
      `## ${headings[1]}\n\n${prose(4 * long)}\n`,
      `## ${headings[2]}\n\n${Array.from({ length: 3 * long }, (_, step) => `${step + 1}. ${prose(2)}`).join('\n')}\n`,
      `## ${headings[3]}\n\n${prose(2 * long)}\n`,
    ].join('\n');
    const path = join(folder, category, `article-${String(index).padStart(5, '0')}.md`);
    writeFileSync(path, text);
    bytes += Buffer.byteLength(text);
    articles.push({ path, symptom, error, isChinese });
  }
  return { articles, bytes };
}
