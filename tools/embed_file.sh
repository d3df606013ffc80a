#!/bin/sh
# embed_file.sh SYMBOL [FILE]: assembler that holds FILE between SYMBOL and SYMBOL_end.
set -eu
symbol=$1
file=${2:-}
cat <<END
	.section .rodata
	.balign 16
	.global $symbol, ${symbol}_end
	.type $symbol, @object
	.type ${symbol}_end, @object
$symbol:
END
[ -z "$file" ] || printf '\t.incbin "%s"\n' "$file"
cat <<END
${symbol}_end:
	.byte 0
	.section .note.GNU-stack, "", @progbits
END
