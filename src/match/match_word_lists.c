/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words in ten languages whose change is a matter of the day, the place or
 * house style. Words that also mean something else ("may", "mars") stand among
 * those that only fill, which make no change by themselves.
 */
#include "match_word_lists.h"

/* clang-format off */
const char *const bylaw__time_names[] = {
    /* en */
    "afternoon", "apr", "april", "aug", "august", "dec", "december",
    "evening", "feb", "february", "fri", "friday", "jan", "january", "jul",
    "july", "jun", "june", "midday", "midnight", "mon", "monday", "month",
    "morning", "night", "noon", "nov", "november", "oct", "october",
    "saturday", "sept", "september", "sunday", "thu", "thur", "thurs",
    "thursday", "today", "tomorrow", "tonight", "tue", "tues", "tuesday",
    "wed", "wednesday", "week", "weekend", "yesterday",
    /* es */
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
    "septiembre", "setiembre", "octubre", "noviembre", "diciembre", "lunes",
    "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "hoy",
    "ayer", "mañana", "anoche", "semana", "mes",
    /* fr */
    "janvier", "février", "avril", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "aujourd'hui", "hier", "demain",
    "semaine", "mois", "soir", "matin",
    /* de */
    "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "heute", "gestern", "morgen", "vorgestern",
    "übermorgen", "woche", "monat", "abend",
    /* it */
    "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio",
    "settembre", "ottobre", "dicembre", "lunedì", "martedì", "mercoledì",
    "giovedì", "venerdì", "sabato", "domenica", "oggi", "ieri", "domani",
    "settimana", "mese",
    /* pt */
    "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro",
    "outubro", "novembro", "dezembro", 
    "feira", "hoje", "ontem", "amanhã",
    "mês",
    /* ru */
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
    "сентября", "октября", "ноября", "декабря", "понедельник", "понедельника",
    "вторник", "вторника", "среду", "среды", "четверг", "четверга", "пятницу",
    "пятницы", "субботу", "субботы", "воскресенье", "воскресенья", "сегодня",
    "вчера", "завтра", "неделе", "неделю", "месяц",
    /* ar */
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس",
    "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "الاثنين", "الثلاثاء", "الأربعاء",
    "الخميس", "الجمعة", "السبت", "الأحد", "اليوم", "أمس", "غدا",
    /* zh */
    "今天", "昨天", "明天", "今日", "昨日", "明日", "星期一", "星期二", "星期三", "星期四", "星期五",
    "星期六", "星期日", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "本周", "上周", "本月",
    "上月",
    /* ja */
    "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日", "今週", "先週", "今月", "先月",
    0};

const char *const bylaw__time_fillers[] = {
    /* en */
    "a", "ago", "am", "at", "by", "day", "days", "earlier", "early", "est",
    "gmt", "hour", "hours", "in", "last", "late", "later", "local", "march",
    "may", "next", "of", "on", "past", "pm", "the", "this", "time", "utc",
    "year",
    /* es */
    "el", "la", "los", "de", "del", "en", "este", "esta", "pasado", "pasada",
    "próximo", "próxima", "por", "día", "días", "año",
    /* fr */
    "le", "les", "du", "ce", "cette", "dernier", "dernière", "prochain",
    "prochaine", "jour", "jours", "an", "année", "mars",
    /* de */
    "der", "die", "das", "den", "dem", "im", "vergangenen", "letzten",
    "nächsten", "dieser", "diesen", "tag", "tage", "jahr", "um", "uhr",
    /* it */
    "il", "lo", "di", "nel", "questo", "questa", "scorso", "scorsa",
    "prossimo", "prossima", "giorno", "giorni", "anno",
    /* pt */
    "o", "do", "da", "no", "na", "em", "passado", "passada", "dia", "dias",
    "ano", "segunda", "terça", "quarta", "quinta", "sexta",
    /* ru */
    "в", "на", "прошлой", "прошлом", "этой", "этом", "следующей", "года",
    "день", "дня",
    /* ar */
    "في", "يوم", "الماضي", "الماضية", "هذا", "المقبل", "عام",
    /* zh */
    "年", "月", "日", "号", "上午", "下午", "在", "于",
    /* ja */
    "の", "に", "は",
    0};

/* Words that name a place by where the reader is. */
const char *const bylaw__place_heres[] = {
    /* en */
    "here", "local", "there", "nearby",
    /* es */
    "aquí", "allí",
    /* fr */
    "ici", "locale",
    /* de */
    "hier", "dort", "örtlich",
    /* it */
    "qui",
    /* pt */
    "aqui",
    /* ru */
    "здесь", "тут",
    /* ar */
    "هنا",
    /* zh */
    "这里", "這裡", "本市", "本地", "当地", "當地",
    /* ja */
    "ここ", "地元",
    0};

/* What a place can be called without its name. */
const char *const bylaw__place_kinds[] = {
    /* en */
    "city", "town", "village", "state", "county", "province", "region",
    "country", "capital", "area",
    /* es */
    "ciudad", "pueblo", "estado", "provincia", "región", "país", "zona",
    /* fr */
    "ville", "état", "région", "pays", "capitale",
    /* de */
    "stadt", "dorf", "bundesland", "provinz", "land", "hauptstadt",
    /* it */
    "città", "paese", "stato", "regione",
    /* pt */
    "cidade", "vila", "província", "região",
    /* ru */
    "городе", "город", "области", "стране", "столице",
    /* ar */
    "المدينة", "مدينة", "ولاية", "محافظة", "منطقة", "بلد", "عاصمة",
    /* zh */
    "城市", "全国", "全國",
    /* ja */
    "市内", "県内", "国内",
    0};

/* What introduces a place. */
const char *const bylaw__place_fillers[] = {
    /* en */
    "in", "of", "the", "at", "near", "from", "across", "around",
    /* es */
    "en", "de", "la", "el", "del", "desde", "cerca",
    /* fr */
    "à", "au", "dans", "le", "du", "près",
    /* de */
    "im", "der", "die", "das", "aus", "bei", "nahe",
    /* it */
    "a", "nel", "nella", "di", "della", "da", "vicino",
    /* pt */
    "em", "no", "na", "do", "perto",
    /* ru */
    "в", "на", "из", "под",
    /* ar */
    "في", "من", "قرب",
    /* zh */
    "在",
    /* ja */
    "で", "に",
    0};

/* How notes of the page that carries the text begin, run together. */
const char *const bylaw__note_beginnings[] = {
    /* en */
    "editorsnote", "editornote", "noteoftheeditor", "additionalreportingby",
    "localnote", "notetoreaders", "thisstoryhasbeenedited",
    "thisarticlehasbeenedited", "thisversion", "withreportingby",
    /* es */
    "notadeleditor", "notadelaeditora", "notadelaredacción", "conreportede",
    /* fr */
    "notedelarédaction", "ndlr", "notedeléditeur", "notedelediteur",
    /* de */
    "anmerkungderredaktion", "anmdred", "anmd", "hinweisderredaktion",
    /* it */
    "notadellaredazione", "ndr", "notadeltraduttore",
    /* pt */
    "notadaredação", "notadoeditor", "notadaredacção",
    /* ru */
    "примечаниередакции", "отредакции", "прим",
    /* ar */
    "ملاحظةالمحرر", "ملاحظةمنالمحرر",
    /* zh */
    "编者按", "編者按", "编者注", "編者註",
    /* ja */
    "編集部注", "編集者注", "編注",
    0};

/* Each pair is one word in two styles; the second stands for both. */
const struct bylaw__word_style bylaw__word_styles[] = {
    /* en */
    {"one", "1"}, {"two", "2"}, {"three", "3"}, {"four", "4"}, {"five", "5"},
    {"six", "6"}, {"seven", "7"}, {"eight", "8"}, {"nine", "9"},
    {"ten", "10"}, {"eleven", "11"}, {"twelve", "12"},
    /* es */
    {"uno", "1"}, {"dos", "2"}, {"tres", "3"}, {"cuatro", "4"},
    {"cinco", "5"}, {"seis", "6"}, {"siete", "7"}, {"ocho", "8"},
    {"nueve", "9"}, {"diez", "10"}, {"once", "11"}, {"doce", "12"},
    /* fr */
    {"un", "1"}, {"deux", "2"}, {"trois", "3"}, {"quatre", "4"},
    {"cinq", "5"}, {"sept", "7"}, {"huit", "8"}, {"neuf", "9"}, {"dix", "10"},
    {"onze", "11"}, {"douze", "12"},
    /* de */
    {"eins", "1"}, {"zwei", "2"}, {"drei", "3"}, {"vier", "4"}, {"fünf", "5"},
    {"sechs", "6"}, {"sieben", "7"}, {"acht", "8"}, {"neun", "9"},
    {"zehn", "10"}, {"elf", "11"}, {"zwölf", "12"},
    /* it */
    {"due", "2"}, {"tre", "3"}, {"quattro", "4"}, {"cinque", "5"},
    {"sei", "6"}, {"sette", "7"}, {"otto", "8"}, {"nove", "9"},
    {"dieci", "10"}, {"undici", "11"}, {"dodici", "12"},
    /* pt */
    {"um", "1"}, {"dois", "2"}, {"três", "3"}, {"quatro", "4"}, {"sete", "7"},
    {"oito", "8"}, {"dez", "10"}, {"doze", "12"},
    /* ru */
    {"один", "1"}, {"два", "2"}, {"три", "3"}, {"четыре", "4"}, {"пять", "5"},
    {"шесть", "6"}, {"семь", "7"}, {"восемь", "8"}, {"девять", "9"},
    {"десять", "10"}, {"одиннадцать", "11"}, {"двенадцать", "12"},
    /* ar */
    {"واحد", "1"}, {"اثنان", "2"}, {"ثلاثة", "3"}, {"أربعة", "4"},
    {"خمسة", "5"}, {"ستة", "6"}, {"سبعة", "7"}, {"ثمانية", "8"},
    {"تسعة", "9"}, {"عشرة", "10"},
    /* zh */
    {"一", "1"}, {"二", "2"}, {"三", "3"}, {"四", "4"}, {"五", "5"}, {"六", "6"},
    {"七", "7"}, {"八", "8"}, {"九", "9"}, {"十", "10"},
    /* en */
    {"ageing", "aging"}, {"aluminium", "aluminum"}, {"amongst", "among"},
    {"cheque", "check"}, {"doctor", "dr"}, {"governor", "gov"},
    {"grey", "gray"}, {"judgement", "judgment"}, {"kilometer", "km"},
    {"kilometers", "km"}, {"kilometre", "km"}, {"kilometres", "km"},
    {"mister", "mr"}, {"ok", "okay"}, {"pct", "percent"},
    {"professor", "prof"}, {"programme", "program"},
    {"programmes", "programs"}, {"representative", "rep"},
    {"sceptical", "skeptical"}, {"senator", "sen"}, {"towards", "toward"},
    {"whilst", "while"},
    /* es */
    {"señor", "sr"}, {"señora", "sra"}, {"doctora", "dra"},
    {"estadounidense", "eeuu"}, {"kilómetros", "km"}, {"kilómetro", "km"},
    {"período", "periodo"},
    /* fr */
    {"monsieur", "m"}, {"madame", "mme"}, {"docteur", "dr"},
    {"kilomètres", "km"}, {"kilomètre", "km"}, {"ognon", "oignon"},
    {"évènement", "événement"}, {"évènements", "événements"}, {"clé", "clef"},
    /* de */
    {"professorin", "prof"}, {"prozent", "percent"}, {"kilometern", "km"},
    {"strasse", "str"}, {"beziehungsweise", "bzw"}, {"delphin", "delfin"},
    {"potential", "potenzial"}, {"aufwendig", "aufwändig"},
    /* it */
    {"signor", "sig"}, {"signora", "sigra"}, {"dottore", "dott"},
    {"chilometri", "km"}, {"chilometro", "km"},
    /* pt */
    {"senhor", "sr"}, {"senhora", "sra"}, {"quilómetros", "km"},
    {"quilômetros", "km"}, {"facto", "fato"}, {"factos", "fatos"},
    {"acção", "ação"}, {"acções", "ações"}, {"director", "diretor"},
    {"directora", "diretora"}, {"projecto", "projeto"},
    {"projectos", "projetos"}, {"actual", "atual"},
    {"actividade", "atividade"}, {"objectivo", "objetivo"},
    {"óptimo", "ótimo"}, {"electricidade", "eletricidade"},
    {"sector", "setor"}, {"activo", "ativo"}, {"colectivo", "coletivo"},
    {"registo", "registro"}, {"equipa", "equipe"},
    /* ru */
    {"господин", "гн"}, {"километров", "км"}, {"процентов", "percent"},
    {"процента", "percent"}, {"тысяч", "тыс"}, {"миллионов", "млн"},
    {"миллиардов", "млрд"},
    {0, 0}};

/* Names of lands and their parts: countries are known to the text room. */
const struct bylaw__word_style bylaw__land_names[] = {
    /* run together, and how house styles shorten it */
    {"alabama", "ala"}, {"alaska", "alaska"}, {"arizona", "ariz"},
    {"arkansas", "ark"}, {"california", "calif"}, {"colorado", "colo"},
    {"connecticut", "conn"}, {"delaware", "del"}, {"florida", "fla"},
    {"georgia", "ga"}, {"hawaii", "hawaii"}, {"idaho", "idaho"},
    {"illinois", "ill"}, {"indiana", "ind"}, {"iowa", "iowa"},
    {"kansas", "kan"}, {"kentucky", "ky"}, {"louisiana", "la"},
    {"maine", "maine"}, {"maryland", "md"}, {"massachusetts", "mass"},
    {"michigan", "mich"}, {"minnesota", "minn"}, {"mississippi", "miss"},
    {"missouri", "mo"}, {"montana", "mont"}, {"nebraska", "neb"},
    {"nevada", "nev"}, {"newhampshire", "nh"}, {"newjersey", "nj"},
    {"newmexico", "nm"}, {"newyork", "ny"}, {"northcarolina", "nc"},
    {"northdakota", "nd"}, {"ohio", "ohio"}, {"oklahoma", "okla"},
    {"oregon", "ore"}, {"pennsylvania", "pa"}, {"rhodeisland", "ri"},
    {"southcarolina", "sc"}, {"southdakota", "sd"}, {"tennessee", "tenn"},
    {"texas", "texas"}, {"utah", "utah"}, {"vermont", "vt"},
    {"virginia", "va"}, {"washington", "wash"}, {"westvirginia", "wva"},
    {"wisconsin", "wis"}, {"wyoming", "wyo"}, {"ontario", "ontario"},
    {"quebec", "quebec"}, {"britishcolumbia", "britishcolumbia"},
    {"alberta", "alberta"}, {"manitoba", "manitoba"},
    {"saskatchewan", "saskatchewan"}, {"novascotia", "novascotia"},
    {"newbrunswick", "newbrunswick"}, {"newsouthwales", "newsouthwales"},
    {"queensland", "queensland"}, {"victoria", "victoria"},
    {"tasmania", "tasmania"}, {"southaustralia", "southaustralia"},
    {"westernaustralia", "westernaustralia"}, {"england", "england"},
    {"scotland", "scotland"}, {"wales", "wales"},
    {"northernireland", "northernireland"}, {"bavaria", "bavaria"},
    {"catalonia", "catalonia"}, {"andalusia", "andalusia"},
    {0, 0}};

const struct bylaw__word_style bylaw__short_names[] = {
    {"unitedstates", "us"}, {"unitedstatesofamerica", "usa"},
    {"unitedkingdom", "uk"}, {"unitednations", "un"}, {"europeanunion", "eu"},
    {"estadosunidos", "eeuu"}, {"nacionesunidas", "onu"},
    {"unióneuropea", "ue"}, {"étatsunis", "usa"}, {"unioneuropéenne", "ue"},
    {"vereinigtestaaten", "usa"}, {"europäischeunion", "eu"},
    {"statiuniti", "usa"}, {"unioneeuropea", "ue"}, {"uniãoeuropeia", "ue"},
    {0, 0}};
/* clang-format on */
