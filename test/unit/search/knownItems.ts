// Articles as colleagues write them, each with what others type when they meet the same: in their words, not its.

export interface KnownItem {
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly body: string;
  readonly queries: readonly string[];
}

const zh = (title: string, body: string, ...queries: string[]): KnownItem => ({ language: 'zh', title, body, queries });
const en = (title: string, body: string, ...queries: string[]): KnownItem => ({ language: 'en', title, body, queries });

export const knownItems: readonly KnownItem[] = [
  zh(
    '标签打印机输出空白标签',
    '## 问题现象\n\n更换碳带后标签机正常走纸，但标签上没有任何内容。\n\n## 原因\n\n碳带装反，墨面朝外；驱动中介质类型仍为热敏。\n\n## 解决方案\n\n1. 碳带墨面朝向标签纸重新安装。\n2. 驱动首选项中把介质类型改为热转印，重新校准。\n',
    '标签打出来是白的',
    '换了碳带以后打印机走纸不出字',
  ),
  zh(
    '盘点机离线数据上传后数量翻倍',
    '## 问题现象\n\n手持终端离线盘点，回到网络后上传，库存差异表中每个仓位的数量是实盘的两倍。\n\n## 原因\n\n上传接口超时后终端重试，服务端没有按批次号去重。\n\n## 解决方案\n\n升级到 6.4.2，上传接口按批次号幂等；已翻倍的单据用脚本冲减。\n',
    'PDA 上传盘点结果，库存多了一倍',
    '离线盘点重复提交',
  ),
  zh(
    '单点登录后反复跳回登录页',
    '## 问题现象\n\n用户输入密码后页面闪一下又回到登录界面，无错误提示，部分浏览器正常。\n\n## 原因\n\n会话 Cookie 没有 Secure 属性，SameSite=None 被新版浏览器拒绝。\n\n## 解决方案\n\n网关上为会话 Cookie 加 Secure; SameSite=None，并全站使用 HTTPS。\n',
    '登录成功又跳回登录界面，一直循环',
    'sso 死循环 cookie',
  ),
  zh(
    '月结时凭证号不连续',
    '## 问题现象\n\n结账检查提示凭证断号，财务无法关闭会计期间。\n\n## 原因\n\n保存失败的凭证已占用序列号，事务回滚时序列不回退。\n\n## 解决方案\n\n使用“凭证整理”功能重新编号；参数 voucher.reuseNumber 设为 true。\n',
    '凭证断号，结不了账',
    '财务关账时说号码有缺',
  ),
  zh(
    '工控机上采集服务每晚停止',
    '## 问题现象\n\n采集服务在凌晨两点左右停止，早上需人工启动；事件日志有事件 7034。\n\n## 原因\n\nWindows 自动更新后重启，服务启动类型为手动。\n\n## 解决方案\n\n服务改为“自动（延迟启动）”，并设置失败后重新启动。\n',
    '设备数据夜里断了，早上手工起服务才恢复',
    '事件 7034 服务意外终止',
  ),
  zh(
    '导入物料时提示日期格式不正确',
    '## 问题现象\n\n从电子表格导入物料主数据，生效日期一列整列报“日期格式不正确”，肉眼看日期正常。\n\n## 原因\n\n单元格是 1904 日期系统的数字，或带有不可见的空格。\n\n## 解决方案\n\n用分列功能把该列转为日期，再另存；新版模板会自动去空格。\n',
    'excel 导入物料日期报错',
    '表格里的日期看着没问题，就是导不进去',
  ),
  zh(
    'MQTT 网关频繁掉线重连',
    '## 问题现象\n\n车间网关每隔一到两分钟离线一次，平台上设备状态忽红忽绿，遥测数据有缺口。\n\n## 原因\n\n两台网关使用同一个 clientId，后连接的会踢掉先连接的。\n\n## 解决方案\n\n用序列号生成 clientId；Broker 上开启重复会话告警。\n',
    '网关一会儿在线一会儿离线',
    '设备互相踢下线 clientId 重复',
  ),
  zh(
    '报表导出 PDF 中文显示为方框',
    '## 问题现象\n\n服务器上导出的 PDF 里中文都是小方块，预览正常。\n\n## 原因\n\n容器镜像里没有中文字体，渲染引擎找不到字形。\n\n## 解决方案\n\n镜像中安装 Noto Sans CJK，执行 fc-cache -f，重启服务。\n',
    'pdf 里的汉字变成方块',
    '容器里缺字体，打印出来全是口口口',
  ),
  zh(
    '审批流停在已离职人员处',
    '## 问题现象\n\n单据提交后一直停在某一级审批，待办人已离职，无人能处理。\n\n## 原因\n\n流程按岗位解析到个人后被固化，离职未触发转交。\n\n## 解决方案\n\n管理员用“流程干预”改派；启用离职自动转交。\n',
    '审批人离职了，单子卡住没人批',
    '待办在走掉的员工名下',
  ),
  zh(
    '接口返回 413，附件无法上传',
    '## 问题现象\n\n上传超过 1 MB 的附件时提示失败，浏览器网络面板中为 413 Request Entity Too Large。\n\n## 原因\n\nNginx 默认 client_max_body_size 为 1m。\n\n## 解决方案\n\n在 server 段设置 client_max_body_size 50m 并重新加载。\n',
    '大一点的文件传不上去',
    '413 Request Entity Too Large',
  ),
  en(
    'Scheduled jobs run twice after failover',
    '## Symptom\n\nSince the standby took over, every nightly job is executed on both nodes and invoices are sent twice.\n\n## Cause\n\nThe scheduler lock lives in memory of the old primary; after failover both nodes believe to hold it.\n\n## Solution\n\nKeep the lock in the database (scheduler.lock=jdbc) and restart both nodes.\n',
    'invoices sent twice since failover',
    'nightly job executes on both servers',
  ),
  en(
    'Login takes a minute when the directory server is unreachable',
    '## Symptom\n\nUsers wait 60 seconds after entering the password; afterwards everything is fast.\n\n## Cause\n\nThe first LDAP host in the list is down and the connect timeout is the default of 60 s.\n\n## Solution\n\nSet ldap.connectTimeout=3s and list the reachable domain controller first.\n',
    'slow login LDAP',
    'users wait very long after entering their pasword',
  ),
  en(
    'Barcode scanner types wrong characters',
    '## Symptom\n\nScanned codes contain y instead of z and & instead of /.\n\n## Cause\n\nThe scanner emulates a US keyboard while the terminal is set to a German layout.\n\n## Solution\n\nScan the programming code for the German layout in the manual of the scanner.\n',
    'scaner reads letters swapped y and z',
    'barcodes have wrong symbols keyboard layout',
  ),
  en(
    'Replication stops with error 1062 duplicate entry',
    '## Symptom\n\nThe replica no longer follows; SHOW REPLICA STATUS reports:\n\n```\nLast_SQL_Error: Could not execute Write_rows event; Duplicate entry 4711 for key PRIMARY, Error_code: 1062\n```\n\n## Cause\n\nSomeone wrote to the replica directly.\n\n## Solution\n\nSet super_read_only, remove the row and start the replica again.\n',
    'mysql replica stopped duplicate entry',
    'Error_code: 1062',
  ),
  en(
    'Service does not start: address already in use',
    '## Symptom\n\nAfter a crash the service refuses to start.\n\n```\njava.net.BindException: Address already in use (Bind failed)\n```\n\n## Cause\n\nThe old process still holds port 8443.\n\n## Solution\n\nFind it with ss -ltnp and end it; the unit file now uses KillMode=mixed.\n',
    'BindException on startup',
    'port is occupied, server wont come up',
  ),
  en(
    'Pods are killed with exit code 137',
    '## Symptom\n\nThe container restarts under load, kubectl describe shows OOMKilled and exit code 137.\n\n## Cause\n\nThe heap is as large as the memory limit of the pod, nothing is left for metaspace and threads.\n\n## Solution\n\nUse -XX:MaxRAMPercentage=70 and raise the limit to 3Gi.\n',
    'container keeps restarting OOMKilled',
    'exit code 137 kubernetes',
  ),
  en(
    'Prices are rounded differently in the web shop and the ERP',
    '## Symptom\n\nTotals differ by one cent between order and invoice.\n\n## Cause\n\nThe shop rounds each line, the ERP rounds the sum; both use binary floating point.\n\n## Solution\n\nRound per line in both and calculate with decimals.\n',
    'order total differs one cent from invoice',
    'rounding diference shop erp',
  ),
  en(
    'Mails of the system end up in spam',
    '## Symptom\n\nCustomers do not receive notifications; they find them in the junk folder.\n\n## Cause\n\nThe sending host is missing in the SPF record and mails are not signed with DKIM.\n\n## Solution\n\nAdd the host to SPF, enable DKIM signing and set a DMARC policy.\n',
    'notifications land in junk folder',
    'customer does not get our emails',
  ),
  en(
    'Backup fails: volume shadow copy timed out',
    '## Symptom\n\nThe nightly backup of the Windows server fails with VSS error 0x80042306.\n\n## Cause\n\nTwo backup products are installed and each registers a shadow copy provider.\n\n## Solution\n\nRemove the unused provider with vssadmin and reboot.\n',
    '0x80042306',
    'windows backup shadow copy provider error',
  ),
  en(
    'Map tiles stay grey behind the company proxy',
    '## Symptom\n\nThe map is grey, the rest of the page works; outside of the office it works too.\n\n## Cause\n\nThe proxy blocks wss and requests without a referrer.\n\n## Solution\n\nAllow the tile host in the proxy and set the referrer policy to origin.\n',
    'grey map in office network',
    'tiles not loading proxy',
  ),
];
