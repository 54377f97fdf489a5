# The names of the packages that are wanted and of all that they need, from what `apt-cache dumpavail` says.
# The first file names what is left out. Of alternatives the first is taken, unless another one is there already.
FNR == NR { out[$1] = 1; next }
$1 == "Package:" { name = $2; known[name] = 1 }
$1 == "Pre-Depends:" || $1 == "Depends:" {
    line = $0
    sub(/^[^:]*: */, "", line)
    needs[name] = needs[name] ", " line
}
END {
    count = split(wanted, todo, " ")
    while (count > 0) {
        for (i = 1; i <= count; i++) {
            if (!(todo[i] in known)) {
                print "there is no package " todo[i] >"/dev/stderr"
                exit 1
            }
            found[todo[i]] = 1
        }
        more = 0
        for (i = 1; i <= count; i++) {
            groups = split(needs[todo[i]], group, ",")
            for (g = 1; g <= groups; g++) {
                if (group[g] ~ /[a-z0-9]/ && (first = lacking(group[g])) != "" && !(first in asked)) {
                    asked[first] = 1
                    next_one[++more] = first
                }
            }
        }
        for (i = 1; i <= more; i++) todo[i] = next_one[i]
        count = more
    }
    for (name in found) print name
}

# The first of some alternatives, or nothing where one of them is there.
function lacking(text, parts, size, n, one, first) {
    size = split(text, parts, "|")
    for (n = 1; n <= size; n++) {
        one = parts[n]
        gsub(/^ +/, "", one)
        sub(/[^a-z0-9.+-].*$/, "", one)
        if (one in found || one in out) return ""
        if (first == "") first = one
    }
    return first
}
