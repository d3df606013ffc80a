# Prints each line of C as "file:line:code" without comments, and without the insides
# of strings and characters unless keep_strings is 1.
FNR == 1 { in_comment = 0 }
!in_comment && !/["']|\/\*|\/\// { print FILENAME ":" FNR ":" $0; next }
{
    out = ""
    n = length($0)
    for (i = 1; i <= n; i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
        } else if (two == "/*") {
            in_comment = 1
            i++
        } else if (two == "//") {
            break
        } else if (c == "\"" || c == "'") {
            out = out c
            for (i++; i <= n; i++) {
                d = substr($0, i, 1)
                if (d == c) break
                if (keep_strings) out = out d
                if (d == "\\") {
                    i++
                    if (keep_strings) out = out substr($0, i, 1)
                }
            }
            out = out c
        } else {
            out = out c
        }
    }
    print FILENAME ":" FNR ":" out
}
