#!/bin/bash
# r.sh USER words...
u=$1; shift
/tmp/trees/left3/.venv/bin/mnclinic "$@" --data-dir ${D:-/tmp/left3-c/k} --user $u --password-file /tmp/left3-c/$u.txt
echo "=> $?"
