/** Endings by type: those of Python's `mimetypes` and more that people use, with the types that Debian gives them. */
const TYPES = `
application/ODA oda
application/atom+xml atom
application/epub+zip epub
application/geo+json geojson
application/java-archive jar
application/json json
application/ld+json jsonld
application/manifest+json webmanifest
application/msword doc wiz
application/n-quads nq
application/n-triples nt
application/octet-stream bin so
application/pdf pdf
application/pem-certificate-chain pem
application/pgp-encrypted pgp
application/pgp-keys asc key
application/pgp-signature sig
application/pkcs12 p12 pfx
application/pkcs7-mime p7c
application/pkix-cert cer
application/postscript ai eps ps
application/rdf+xml rdf
application/rls-services+xml rs
application/rtf rtf
application/sql sql
application/toml toml
application/trig trig
application/vnd.adobe.flash.movie swf
application/vnd.android.package-archive apk
application/vnd.apple.mpegurl m3u8
application/vnd.debian.binary-package deb
application/vnd.google-earth.kml+xml kml
application/vnd.mif mif
application/vnd.ms-excel xlb xls
application/vnd.ms-powerpoint ppa pps ppt pwz
application/vnd.oasis.opendocument.graphics odg
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.text odt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.rar rar
application/wasm wasm
application/wsdl+xml wsdl
application/x-7z-compressed 7z
application/x-apple-diskimage dmg
application/x-bcpio bcpio
application/x-bittorrent torrent
application/x-cdf cdf
application/x-cpio cpio
application/x-dvi dvi
application/x-gtar gtar
application/x-hdf hdf
application/x-hdf5 h5
application/x-iso9660-image iso
application/x-latex latex
application/x-msdos-program bat dll exe
application/x-netcdf nc
application/x-object o
application/x-python-code pyc pyo
application/x-redhat-package-manager rpm
application/x-rss+xml rss
application/x-ruby rb
application/x-shar shar
application/x-sv4cpio sv4cpio
application/x-sv4crc sv4crc
application/x-tar tar
application/x-texinfo texi texinfo
application/x-troff-man man
application/x-troff-me me
application/x-troff-ms ms
application/x-ustar ustar
application/x-wais-source src
application/x-x509-ca-cert crt
application/xhtml+xml xhtml
application/xml xml xpdl
application/xml-dtd dtd
application/xslt+xml xsl xslt
application/yaml yaml yml
application/zip zip
application/zstd zst
audio/3gpp 3gp 3gpp
audio/3gpp2 3g2 3gpp2
audio/aac aac adts ass
audio/basic au snd
audio/flac flac
audio/mp4 m4a
audio/mpeg mp2 mp3
audio/mpegurl m3u
audio/ogg oga ogg opus
audio/sp-midi mid
audio/usac loas
audio/x-aiff aif aifc aiff
audio/x-pn-realaudio ra ram
audio/x-wav wav
font/otf otf
font/ttf ttf
font/woff woff
font/woff2 woff2
image/avif avif
image/bmp bmp
image/gif gif
image/heic heic
image/heif heif
image/ief ief
image/jpeg jpe jpeg jpg
image/png png
image/svg+xml svg
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/vnd.microsoft.icon ico
image/webp webp
image/x-cmu-raster ras
image/x-portable-anymap pnm
image/x-portable-bitmap pbm
image/x-portable-graymap pgm
image/x-portable-pixmap ppm
image/x-rgb rgb
image/x-xbitmap xbm
image/x-xpixmap xpm
image/x-xwindowdump xwd
message/rfc822 eml mht mhtml nws
model/obj obj
model/stl stl
text/SGML sgm sgml
text/calendar ics
text/css css
text/csv csv
text/html htm html
text/javascript js mjs
text/markdown markdown md
text/n3 n3
text/plain ksh pot srt text txt
text/prs.fallenstein.rst rst
text/richtext rtx
text/tab-separated-values tsv
text/troff roff t tr
text/vcard vcf
text/vnd.a a
text/vnd.graphviz dot
text/vnd.trolltech.linguist ts
text/vtt vtt
text/x-c++hdr hpp
text/x-c++src cc cpp
text/x-chdr h
text/x-csh csh
text/x-csrc c
text/x-diff diff patch
text/x-haskell hs
text/x-java java
text/x-perl pl
text/x-python py
text/x-scala scala
text/x-setext etx
text/x-sh sh
text/x-tcl tcl
text/x-tex tex
video/matroska mkv
video/mp4 m4v mp4
video/mpeg m1v mpa mpe mpeg mpg
video/ogg ogv
video/quicktime mov qt
video/webm webm
video/x-flv flv
video/x-ms-wmv wmv
video/x-msvideo avi
video/x-sgi-movie movie
`;

const ENDINGS = new Map(
  TYPES.trim()
    .split('\n')
    .flatMap((line) => {
      const [type = '', ...endings] = line.split(' ');
      return endings.map((ending) => [ending, type] as const);
    }),
);
const SUFFIXES: Readonly<Record<string, string>> = {
  svgz: '.svg.gz',
  tgz: '.tar.gz',
  taz: '.tar.gz',
  tz: '.tar.gz',
  tbz2: '.tar.bz2',
  txz: '.tar.xz',
};
const ENCODINGS = ['gz', 'Z', 'bz2', 'xz', 'br'];

/** What an object is by its name. Modelled on `mimetypes.guess_type`. */
export function guessType(name: string): string {
  let [base, ending] = splitEnding(name);
  for (; Object.hasOwn(SUFFIXES, ending); [base, ending] = splitEnding(base + (SUFFIXES[ending] ?? '')));
  if (ENCODINGS.includes(ending)) [base, ending] = splitEnding(base);
  return ENDINGS.get(ending) ?? ENDINGS.get(ending.toLowerCase()) ?? 'application/octet-stream';
}

/** `posixpath.splitext`, without the dot: dots at the beginning of a name do not count. */
function splitEnding(path: string): [base: string, ending: string] {
  const [, base = path, ending = ''] = /^(.*[^./][^/]*)\.([^./]*)$/s.exec(path) ?? [];
  return [base, ending];
}
