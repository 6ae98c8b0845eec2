# Casebook collector for Windows, format 1
# What it does: prints one block of text about this server, namely CPU, memory,
# disks, operating system, busiest processes, logged-in users, clock and zone.
# What it does not do: it installs nothing, writes no file, changes no setting,
# opens no connection, needs no administrator, and ends by itself after some seconds.
# Of processes it prints names, CPU and memory, never their arguments; it reads
# no environment of a process, no configuration, no log and no data of yours.
# 这是 Casebook 的 Windows 环境采集脚本，格式 1
# 它做什么：输出一段文本，内容为本服务器的 CPU、内存、磁盘、操作系统、
# 最繁忙的进程、登录用户、时钟与时区。
# 它不做什么：不安装、不写文件、不改设置、不联网、不需要管理员权限，几秒后自行结束。
# 进程只输出名称、CPU 与内存，不输出参数；不读取任何配置、日志和业务数据。
# How to use: paste all of it into Windows PowerShell 5.1 or PowerShell 7, or run:
# powershell -ExecutionPolicy Bypass -File casebook-collect.ps1
# 用法：整段粘贴到 Windows PowerShell 5.1 或 PowerShell 7，然后复制全部输出
& {
  $asked = 0
  $ErrorActionPreference = 'Stop'
  $ProgressPreference = 'SilentlyContinue'
  # The marker is put together here, so that the echo of a pasted script is no block
  $mark = 'CASEBOOK ENVIRONMENT 1'
  function Say($key, $value) { '{0}: {1}' -f $key, ("$value" -replace '[\r\n\t]+', ' ').Trim() }
  function Miss($part, $reason) { Say 'missing' ('{0}, {1}' -f $part, (("$reason" -replace '[\r\n\t]+', ' ') -replace '^(.{80}).*$', '$1')) }
  function Number($value, $digits) { ([math]::Round([double]$value, $digits)).ToString([cultureinfo]::InvariantCulture) }
  "=====[ $mark BEGIN ]====="
  Say 'collector' 'casebook-collect.ps1 1'
  if ($asked -gt 0) { Say 'asked' $asked }
  Say 'host' $env:COMPUTERNAME
  try {
    $now = Get-Date
    $utc = $now.ToUniversalTime()
    Say 'epoch' ([math]::Floor((New-TimeSpan -Start ([datetime]'1970-01-01') -End $utc).TotalSeconds))
    $offset = $now - $utc
    $sign = if ($offset.TotalMinutes -lt 0) { '-' } else { '+' }
    $minutes = [math]::Abs([math]::Round($offset.TotalMinutes))
    $date = '{0:d4}-{1:d2}-{2:d2} {3:d2}:{4:d2}:{5:d2}' -f $now.Year, $now.Month, $now.Day, $now.Hour, $now.Minute, $now.Second
    Say 'time' ('{0} {1}{2:d2}{3:d2}' -f $date, $sign, [int][math]::Floor($minutes / 60), [int]($minutes % 60))
    Say 'zone' (Get-TimeZone).Id
  } catch { Miss 'clock' $_ }
  $system = $null
  try {
    $system = Get-CimInstance Win32_OperatingSystem -OperationTimeoutSec 4
    Say 'os' $system.Caption
    Say 'kernel' ('Windows {0} {1}' -f $system.Version, $env:PROCESSOR_ARCHITECTURE)
    Say 'uptime' (Number (New-TimeSpan -Start $system.LastBootUpTime -End (Get-Date)).TotalSeconds 0)
  } catch { Miss 'os' $_ }
  try {
    $chips = @(Get-CimInstance Win32_Processor -OperationTimeoutSec 4)
    Say 'cpu.model' ($chips[0].Name -replace '\s+', ' ')
    Say 'cpu.count' (($chips | Measure-Object NumberOfLogicalProcessors -Sum).Sum)
    Say 'cpu.busy' (Number ($chips | Measure-Object LoadPercentage -Average).Average 0)
  } catch { Miss 'cpu' $_ }
  if ($system) {
    Say 'memory.total' $system.TotalVisibleMemorySize
    Say 'memory.available' $system.FreePhysicalMemory
    Say 'swap.total' $system.SizeStoredInPagingFiles
    Say 'swap.free' $system.FreeSpaceInPagingFiles
  } else { Miss 'memory' 'Win32_OperatingSystem cannot be read' }
  try {
    foreach ($disk in Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' -OperationTimeoutSec 4) {
      if ($disk.Size -gt 0) {
        $used = $disk.Size - $disk.FreeSpace
        Say 'disk' ('{0} {1} {2} - {3}' -f (Number (100 * $used / $disk.Size) 0), (Number ($disk.Size / 1024) 0), (Number ($used / 1024) 0), $disk.DeviceID)
      }
    }
  } catch { Miss 'disk' $_ }
  try {
    # one row a session; the words of its last columns are in the language of Windows
    $rows = @(quser.exe 2>$null | Select-Object -Skip 1 -First 20)
    if ($rows.Count -eq 0) { throw 'quser printed nothing' }
    Say 'users' $rows.Count
    foreach ($row in $rows) { Say 'user' (($row -replace '^[\s>]+', '') -replace '\s+', ' ') }
  } catch {
    try {
      $name = (Get-CimInstance Win32_ComputerSystem -OperationTimeoutSec 4).UserName
      if ($name) { Say 'users' 1; Say 'user' $name } else { Miss 'users' 'no quser, and nobody at the console' }
    } catch { Miss 'users' $_ }
  }
  try {
    $before = @{}
    foreach ($p in Get-Process) { $before[$p.Id] = $p.CPU }
    Start-Sleep -Seconds 1
    $seen = foreach ($p in Get-Process) {
      if ($p.Id -gt 0) {
        $spent = if ($null -ne $p.CPU -and $null -ne $before[$p.Id]) { $p.CPU - $before[$p.Id] } else { 0 }
        New-Object psobject -Property @{ Name = $p.ProcessName; Cpu = 100 * $spent; Kb = $p.WorkingSet64 / 1024 }
      }
    }
    $rows = $seen | Group-Object Name | ForEach-Object {
      $cpu = ($_.Group | Measure-Object Cpu -Sum).Sum
      $kb = ($_.Group | Measure-Object Kb -Maximum).Maximum
      New-Object psobject -Property @{ Name = $_.Name; Cpu = $cpu; Kb = $kb; Count = $_.Count }
    }
    $top = @($rows | Sort-Object Cpu -Descending | Select-Object -First 6) + @($rows | Sort-Object Kb -Descending | Select-Object -First 6)
    $lines = foreach ($row in $top) { 'process: {0} {1} {2} {3}' -f (Number $row.Cpu 1), (Number $row.Kb 0), $row.Count, $row.Name }
    $lines | Select-Object -Unique
  } catch { Miss 'processes' $_ }
  "=====[ $mark END ]====="
}

