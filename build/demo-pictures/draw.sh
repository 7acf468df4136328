#!/bin/sh
# Draws the demo's documents with Chromium into wwwroot-assets/demo and prints where each marked value stands:
# pixels for images, points from the top left of the page for PDF. Run it after changing a page here; the demo's cases quote the boxes.
set -eu
cd "$(dirname "$0")"
out=../../wwwroot-assets/demo
browser="${CHROMIUM:-chromium} --headless=new --no-sandbox --disable-gpu --hide-scrollbars --allow-file-access-from-files --log-level=3"
probe='<script>addEventListener("load",()=>{const pdf=document.querySelector(".page"),s=pdf?.75:1,r={};document.querySelectorAll("[data-f]").forEach(e=>{const b=e.getBoundingClientRect(),h=pdf?e.closest(".page").getBoundingClientRect().top:0,p=pdf?[...document.querySelectorAll(".page")].indexOf(e.closest(".page"))+1:0;r[e.dataset.f]=[...(p?[p]:[]),Math.round((b.x-2)*s),Math.round((b.y-h-2)*s),Math.round((b.width+4)*s),Math.round((b.height+4)*s)]});document.title="BOXES"+JSON.stringify(r)})</script>'
for page in *.html; do
  name=${page%.html}
  sed "s|href=\"|href=\"$PWD/|" "$page" > /tmp/demo-page.html
  printf '%s' "$probe" >> /tmp/demo-page.html
  case $name in
    *.pdf)
      $browser --no-pdf-header-footer --print-to-pdf="$PWD/$out/$name" "file:///tmp/demo-page.html" 2>/dev/null
      size=900,1300 ;;
    *)
      width=$(sed -n 's/.*data-width="\([0-9]*\)".*/\1/p' "$page"); height=$(sed -n 's/.*data-height="\([0-9]*\)".*/\1/p' "$page")
      size=${width:-800},$height
      $browser --window-size="$size" --screenshot="$PWD/$out/$name.png" "file:///tmp/demo-page.html" 2>/dev/null ;;
  esac
  printf '%s %s\n' "$name" "$($browser --window-size="$size" --dump-dom "file:///tmp/demo-page.html" 2>/dev/null | sed -n 's/.*<title>BOXES\(.*\)<\/title>.*/\1/p' | head -1)"
done
rm -f /tmp/demo-page.html
python3 shrink.py "$out"/*.png
