#!/bin/bash
# package_deb.sh BUILD VERSION: a Debian package of the program, its libraries as
# dependencies, in BUILD/osteon_VERSION_ARCHITECTURE.deb. Needs only dpkg and binutils.
set -euo pipefail
build=$1
version=$2
architecture=$(dpkg --print-architecture)
root=$build/deb
rm -rf "$root"
mkdir -p "$root/DEBIAN"
make --no-print-directory install DESTDIR="$root" PREFIX=/usr >/dev/null
strip --strip-unneeded "$root/usr/bin/osteon"

# Each library that the program names, as the package that has it, in at least the
# version that this was built with. A merged /usr is known to dpkg by either path.
depends=$(objdump -p "$build/osteon" | awk '$1 == "NEEDED" { print $2 }' | while read -r library; do
    path=$(ldconfig -p | awk -v name="$library" '$1 == name { print $NF; exit }')
    package=$({ dpkg -S "$path" || dpkg -S "/usr$path"; } 2>/dev/null | sed 's/:.*//' | head -n 1)
    [ -n "$package" ] || { echo "no package has $library" >&2; exit 1; }
    # Without the epoch's and Debian's part, so that updates of the release satisfy it.
    echo "$package (>= $(dpkg-query -W -f='${Version}' "$package" | sed 's/-[^-]*$//'))"
done | sort -u | paste -s -d , | sed 's/,/, /g')

cat >"$root/DEBIAN/control" <<END
Package: osteon
Version: $version
Architecture: $architecture
Maintainer: The Osteon authors <osteon@localhost>
Section: science
Priority: optional
Depends: $depends, fonts-inter, fonts-noto-cjk
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Description: runs a clinical study, from the bedside to the registry
 One program and one data folder: forms in the browser, an append-only sealed
 log of every change, and proof that it is whole.
END
dpkg-deb --root-owner-group --build "$root" "$build/osteon_${version}_$architecture.deb"
