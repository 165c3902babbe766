#!/bin/sh
# Makes Inter-Regular.otf and Inter-SemiBold.otf of this folder from the whole fonts of Inter 3.019, as in Debian's
# package fonts-inter 4.0~beta7. Needs fonttools 4.68 (pip install fonttools). Run by hand; the build does not need it.
set -eu
from=${1:-/usr/share/fonts/opentype/inter}
cd "$(dirname "$0")"
# Latin with its extensions, combining accents, Greek, Cyrillic, punctuation, sub- and superscripts, currencies, letter-like
# signs, fractions, arrows, mathematics, geometric shapes, replacement character.
unicodes=U+0020-007E,U+00A0-024F,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2010-205F,U+2070-209F
unicodes=$unicodes,U+20A0-20CF,U+2100-214F,U+2150-215F,U+2190-2199,U+2200-22FF,U+25A0-25FF,U+FFFD
for weight in Regular SemiBold; do
    pyftsubset "$from/Inter-$weight.otf" --unicodes="$unicodes" --layout-features=kern --drop-tables+=GSUB,GDEF \
        --no-hinting --notdef-outline --no-recalc-timestamp --name-IDs=0,1,2,3,4,5,6,13,14 --output-file="Inter-$weight.otf"
done
