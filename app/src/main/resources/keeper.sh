# Ends processes when its standard input ends: with its parent, however that came about.
# A line says `started PID` or `ended PID`. Each is asked first, with all of its group, and killed after 4 seconds.
trap '' INT TERM HUP
pids=

while read -r what pid; do
  case $what in
    started) pids="$pids $pid" ;;
    ended)
      others=
      for each in $pids; do [ "$each" = "$pid" ] || others="$others $each"; done
      pids=$others
      ;;
  esac
done

signal() {
  for pid in $pids; do
    kill "-$1" "-$pid" 2>/dev/null || kill "-$1" "$pid" 2>/dev/null
  done
}

any_left() {
  for pid in $pids; do
    { kill -0 "-$pid" || kill -0 "$pid"; } 2>/dev/null && return
  done
  return 1
}

signal TERM
tenths=40
while any_left && [ $tenths -gt 0 ]; do
  sleep 0.1
  tenths=$((tenths - 1))
done
signal KILL
