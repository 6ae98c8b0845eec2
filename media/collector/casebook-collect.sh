# shellcheck shell=sh
# Casebook collector for Linux, format 1
# What it does: prints one block of text about this server, namely CPU, memory,
# disks, operating system, busiest processes, logged-in users, clock and zone.
# What it does not do: it installs nothing, writes no file, changes no setting,
# opens no connection, needs no root, and ends by itself after about two seconds.
# Of processes it prints names, CPU and memory, never their arguments; it reads
# no environment of a process, no configuration, no log and no data of yours.
# 这是 Casebook 的 Linux 环境采集脚本，格式 1
# 它做什么：输出一段文本，内容为本服务器的 CPU、内存、磁盘、操作系统、
# 最繁忙的进程、登录用户、时钟与时区。
# 它不做什么：不安装、不写文件、不改设置、不联网、不需要 root，约两秒后自行结束。
# 进程只输出名称、CPU 与内存，不输出参数；不读取任何配置、日志和业务数据。
# How to use: paste all of it into a terminal, or run: sh casebook-collect.sh
# 用法：整段粘贴到终端，或运行 sh casebook-collect.sh，然后复制全部输出
(
asked=0
exec </dev/null 2>/dev/null
LC_ALL=C
LANG=C
export LC_ALL LANG
# The marker is put together here, so that the echo of a pasted script is no block
mark='CASEBOOK ENVIRONMENT 1'
say() { printf '%s: %s\n' "$1" "$2" | tr '\t' ' ' | cut -c1-150; }
miss() { say missing "$1, $2"; }
first() { head -n 1 "$1" | tr -d '\r'; }
stats() { cat /proc/[0-9]*/stat; }
ticks() { awk '/^cpu /{t=0; for(i=2;i<=9;i++) t+=$i; print t, $5+$6; exit}' /proc/stat; }
cgcpu() {
  if [ -r /sys/fs/cgroup/cpu.stat ]; then
    awk '$1=="usage_usec"{print int($2/1000)}' /sys/fs/cgroup/cpu.stat
  elif [ -r /sys/fs/cgroup/cpuacct/cpuacct.usage ]; then
    awk '{print int($1/1000000)}' /sys/fs/cgroup/cpuacct/cpuacct.usage
  else
    echo 0
  fi
}
head_part() {
  say collector 'casebook-collect.sh 1'
  if [ "$asked" -gt 0 ]; then say asked "$asked"; fi
  say host "$(hostname || uname -n)"
  say epoch "$(date +%s)"
  say time "$(date '+%Y-%m-%d %H:%M:%S %z')"
  zone=$TZ
  if [ -z "$zone" ]; then zone=$(readlink /etc/localtime | sed -n 's|.*zoneinfo/||p'); fi
  if [ -z "$zone" ] && [ -r /etc/timezone ]; then zone=$(first /etc/timezone); fi
  if [ -z "$zone" ]; then zone=$(date +%Z); fi
  say zone "$zone"
}
os_part() {
  name=$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release | tr -d '"')
  if [ -z "$name" ]; then
    for file in /etc/redhat-release /etc/SuSE-release /etc/issue; do
      if [ -z "$name" ] && [ -r "$file" ]; then name=$(first "$file"); fi
    done
  fi
  if [ -z "$name" ]; then name=$(uname -s); fi
  say os "$name"
  say kernel "$(uname -s) $(uname -r) $(uname -m)"
  if [ -r /proc/uptime ]; then say uptime "$(awk '{print int($1)}' /proc/uptime)"; fi
  box=
  if grep -q -E 'docker|containerd|lxc' /proc/1/cgroup; then box=container; fi
  if [ -e /.dockerenv ]; then box=docker; fi
  if [ -e /run/.containerenv ]; then box=podman; fi
  if [ -n "$KUBERNETES_SERVICE_HOST" ]; then box=kubernetes; fi
  if [ -n "$box" ]; then say container "$box"; fi
}
cpu_part() {
  model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1 | tr -s ' ')
  if [ -z "$model" ]; then model=$(uname -m); fi
  say cpu.model "$model"
  count=$(grep -c '^processor' /proc/cpuinfo)
  if [ "${count:-0}" -lt 1 ]; then count=$(getconf _NPROCESSORS_ONLN || nproc); fi
  if [ -n "$count" ]; then say cpu.count "$count"; fi
  load=$(awk '{print $1, $2, $3}' /proc/loadavg)
  if [ -z "$load" ]; then load=$(uptime | sed -n 's/.*load average[s]*: *//p' | tr -d ','); fi
  if [ -n "$load" ]; then say cpu.load "$load"; fi
  if [ -n "$busy" ]; then say cpu.busy "$busy"; else miss cpu 'no /proc/stat'; fi
  limit=
  if [ -r /sys/fs/cgroup/cpu.max ]; then
    limit=$(awk '$1 ~ /^[0-9]+$/ && $2>0{printf "%.2f", $1/$2}' /sys/fs/cgroup/cpu.max)
  elif [ -r /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]; then
    quota=$(first /sys/fs/cgroup/cpu/cpu.cfs_quota_us)
    period=$(first /sys/fs/cgroup/cpu/cpu.cfs_period_us)
    limit=$(echo "$quota $period" | awk '$1>0 && $2>0{printf "%.2f", $1/$2}')
  fi
  if [ -n "$limit" ]; then
    say cpu.limit "$limit"
    say cpu.used "$(echo "$cg1 $cg2" | awk '{printf "%.2f", ($2-$1)/1000}')"
  fi
}
memory_part() {
  if [ -r /proc/meminfo ]; then
    awk '{v[$1]=$2} END {
      a=v["MemAvailable:"]; if (a=="") a=v["MemFree:"]+v["Buffers:"]+v["Cached:"]
      printf "memory.total: %.0f\nmemory.available: %.0f\n", v["MemTotal:"], a
      printf "swap.total: %.0f\nswap.free: %.0f\n", v["SwapTotal:"], v["SwapFree:"]
    }' /proc/meminfo
  else
    miss memory 'no /proc/meminfo'
  fi
  dir=/sys/fs/cgroup
  oom=
  if [ -r $dir/memory.max ]; then
    max=$(first $dir/memory.max)
    now=$(first $dir/memory.current)
    cache=$(awk '$1=="inactive_file"{print $2}' $dir/memory.stat)
    oom=$(awk '$1=="oom_kill"{print $2}' $dir/memory.events)
  elif [ -r $dir/memory/memory.limit_in_bytes ]; then
    max=$(first $dir/memory/memory.limit_in_bytes)
    now=$(first $dir/memory/memory.usage_in_bytes)
    cache=$(awk '$1=="total_inactive_file"{print $2}' $dir/memory/memory.stat)
    oom=$(awk '$1=="oom_kill"{print $2}' $dir/memory/memory.oom_control)
  else
    max=
  fi
  echo "$max ${now:-0} ${cache:-0}" | awk '$1 ~ /^[0-9]+$/ && $1>0 && $1<1e15{
    printf "memory.limit: %.0f\nmemory.used: %.0f\n", $1/1024, ($2-$3)/1024
  }'
  if [ -z "$oom" ]; then oom=$(awk '$1=="oom_kill"{print $2}' /proc/vmstat); fi
  if [ -n "$oom" ]; then say memory.oom "$oom"; fi
}
mounts() {
  awk '
    taken[$2]++{next}
    $2 ~ /^\/(proc|sys|snap|var\/lib\/(docker|containers|containerd|kubelet)|run\/(containerd|user|credentials))(\/|$)/{next}
    $3 ~ /^(nfs|nfs4|cifs|smb3|smbfs|9p|ceph|glusterfs|lustre|gpfs|afs|ncpfs)$/{print "far", $3, $2; next}
    $3 ~ /^fuse\./{print "far", $3, $2; next}
    $3 == "tmpfs"{if ($2 ~ /^\/(dev\/shm|tmp|var\/tmp|run)$/) print "near", $3, $2; next}
    $3 ~ /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|nilfs2|bcachefs|vfat|exfat|ntfs|ntfs3|fuseblk|overlay|aufs|ubifs|ufs|vxfs|ocfs2|gfs2)$/{
      if ($3 ~ /^(overlay|aufs)$/) {print "near", $3, $2; next}
      if (seen[$1]++) next
      print "near", $3, $2
    }' /proc/mounts
}
disk_line() {
  nodes=$(df -P -i "$1" | awk 'NR==2{sub(/%/,"",$5); if ($5 ~ /^[0-9]+$/) print $5; else print "-"}')
  df -P -k "$1" | awk -v n="${nodes:--}" -v at="$1" 'NR==2 && $2>0{
    sub(/%/,"",$5); printf "disk: %s %s %s %s %s\n", $5, $2, $3, n, at}'
}
disk_part() {
  if [ -r /proc/mounts ]; then
    mounts | head -n 40 | while read -r where kind at; do
      at=$(printf '%b' "$at")
      if [ "$where" = far ]; then say share "$kind $at"
      elif [ -d "$at" ]; then disk_line "$at"
      fi
    done
  else
    df -P -k | awk 'NR>1 && $2>0{sub(/%/,"",$5); printf "disk: %s %s %s - %s\n", $5, $2, $3, $6}'
  fi
}
user_part() {
  if command -v who >/dev/null; then
    say users "$(who | awk '$1=="USER"{next} {n++} END {print n+0}')"
    who | awk '$1=="USER"{next} {$1=$1; print "user: " $0}' | head -n 20
  else
    miss users 'no who'
  fi
}
process_part() {
  if [ -z "$two" ]; then miss processes 'no /proc'; return; fi
  hz=$(getconf CLK_TCK)
  page=$(getconf PAGESIZE)
  { echo "$one"; echo '=='; echo "$two"; } | awk -v hz="${hz:-100}" -v page="${page:-4096}" '
    $0 == "=="{later=1; next}
    NF < 20{next}
    {
      pid=$1; name=$0; rest=$0
      sub(/^[^(]*\(/,"",name); sub(/\) [A-Za-z] [-0-9 ]*$/,"",name); sub(/^.*\) /,"",rest)
      split(rest,f," "); used=f[12]+f[13]
      if (later==0) {before[pid]=used; next}
      if (f[22]+0==0 || name ~ /^(cat|awk|gawk|mawk|sort|head|sleep)$/) next
      d=0; if (pid in before) d=used-before[pid]
      if (0>d) d=0
      cpu[name]+=d*100/hz; n[name]++
      kb=f[22]*page/1024; if (kb>rss[name]) rss[name]=kb
    }
    END {for (x in n) printf "%.1f %.0f %d %s\n", cpu[x], rss[x], n[x], x}' | sort -rn | {
      rows=$(cat)
      { echo "$rows" | head -n 6; echo "$rows" | sort -k2,2 -rn | head -n 6; } |
        awk 'NF>3 && seen[$0]++ == 0{print "process: " $0}'
    }
}
one=$(stats); t1=$(ticks); cg1=$(cgcpu)
sleep 1
two=$(stats); t2=$(ticks); cg2=$(cgcpu)
busy=$(echo "$t1 $t2" | awk 'NF==4 && $3>$1{printf "%.0f", 100*(1-($4-$2)/($3-$1))}')
echo "=====[ $mark BEGIN ]====="
head_part
os_part
cpu_part
memory_part
disk_part
user_part
process_part
echo "=====[ $mark END ]====="
)
