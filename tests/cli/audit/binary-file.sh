# A file that is no text is a result: undetermined, with the reason.
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\000' >picture.html
"$BYLAW" audit --source "$ROOT/seeds/global-research-japan-nato/source.yaml" picture.html
