#!/bin/sh
# Draws every SVG of docs/gallery in headless Chromium, to be looked at beside the PNG of the same name, and prints how far the
# two differ in the mean of a channel, out of 255. Not part of the tests.
#
#     tests/charts/chromium.sh OUT [BACKGROUND-FONT-FOLDER]
#
# Needs chromium, and python3 with pillow for the differences. With a folder of fonts as second argument Chromium sees no other
# fonts: give one without Inter to see what readers see who do not have it.
set -eu
out=$1
mkdir -p "$out"
out=$(cd "$out" && pwd)
gallery=$(cd "$(dirname "$0")/../../docs/gallery" && pwd)
if [ -n "${2:-}" ]; then
    printf '<?xml version="1.0"?><fontconfig><dir>%s</dir><cachedir>%s/fontcache</cachedir></fontconfig>' "$2" "$out" > "$out/fonts.conf"
    export FONTCONFIG_FILE="$out/fonts.conf"
fi
for svg in "$gallery"/*.svg; do
    name=$(basename "$svg" .svg)
    size=$(sed -n '1s/.* width="\([0-9]*\)" height="\([0-9]*\)" viewBox.*/\1,\2/p' "$svg")
    printf '<!DOCTYPE html><style>body{margin:0}img{display:block}</style><img src="file://%s">' "$svg" > "$out/$name.html"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
        --allow-file-access-from-files --window-size="$size" --screenshot="$out/$name.png" "file://$out/$name.html" 2>/dev/null
    rm "$out/$name.html"
    python3 - "$gallery/$name.png" "$out/$name.png" <<'PYTHON'
import sys
from PIL import Image, ImageChops, ImageStat
ours, theirs = (Image.open(path).convert("RGB") for path in sys.argv[1:])
theirs = theirs.crop((0, 0, *ours.size))
mean = sum(ImageStat.Stat(ImageChops.difference(ours, theirs)).mean) / 3
print(f"{mean:6.3f}  {sys.argv[2]}")
PYTHON
done
