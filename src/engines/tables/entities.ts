/** Named entities of HTML that titles are met with: the signs of Latin-1 in order from U+00A0, Greek, and a few more. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  )
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega'.split(
    ' ',
  )
const NAMED = new Map<string, string>([
  ...LATIN.map((name, at) => [name, String.fromCodePoint(0xa0 + at)] as const),
  ...GREEK.map((name, at) => [name, String.fromCodePoint(0x3b1 + at)] as const),
  ...GREEK.map((name, at) => [name.charAt(0).toUpperCase() + name.slice(1), String.fromCodePoint(0x391 + at)] as const),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    hellip: '…',
    bull: '•',
    euro: '€',
    trade: '™',
    minus: '−',
    le: '≤',
    ge: '≥',
    ne: '≠',
    asymp: '≈',
    rarr: '→',
    larr: '←',
    infin: '∞',
    scaron: 'š',
    Scaron: 'Š',
    oelig: 'œ',
    OElig: 'Œ',
    thinsp: ' ',
    ensp: ' ',
    emsp: ' ',
  }),
])

/** Text with its HTML entities read, also those that were escaped twice (`&amp;#39;`). Unknown ones stay. */
export function decodeHtmlEntities(text: string): string {
  if (!text.includes('&')) return text
  const once = decodeOnce(text)
  return once.includes('&') && once !== text ? decodeOnce(once) : once
}

function decodeOnce(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,7});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED.get(name) ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    const usable = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return usable ? String.fromCodePoint(code) : code === 10 || code === 9 ? ' ' : whole
  })
}
