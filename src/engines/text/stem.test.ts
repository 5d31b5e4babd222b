import { describe, expect, it } from 'vitest'
import { americanSpelling, termKeptApart } from './spelling.ts'
import { stemEnglish } from './stem.ts'

/** From the sample vocabulary that the Snowball project prints beside its English stemmer, and its exceptions. */
const VECTORS = `
consign consign,consigned consign,consigning consign,consignment consign,consist consist,consisted consist,
consistency consist,consistent consist,consistently consist,consisting consist,consists consist,consolation consol,
consolations consol,consolatory consolatori,console consol,consoled consol,consoles consol,consolidate consolid,
consolidated consolid,consolidating consolid,consoling consol,consolingly consol,consols consol,consonant conson,
consort consort,consorted consort,consorting consort,conspicuous conspicu,conspicuously conspicu,
conspiracy conspiraci,conspirator conspir,conspirators conspir,conspire conspir,conspired conspir,conspiring conspir,
constable constabl,constables constabl,constance constanc,constancy constanc,constant constant,
knack knack,knackeries knackeri,knacks knack,knag knag,knave knave,knaves knave,knavish knavish,kneaded knead,
kneading knead,knee knee,kneel kneel,kneeled kneel,kneeling kneel,kneels kneel,knees knee,knell knell,knelt knelt,
knew knew,knick knick,knif knif,knife knife,knight knight,knightly knight,knights knight,knit knit,knits knit,
knitted knit,knitting knit,knives knive,knob knob,knobs knob,knock knock,knocked knock,knocker knocker,
knockers knocker,knocking knock,knocks knock,knopp knopp,knot knot,knots knot,
skis ski,skies sky,dying die,lying lie,tying tie,idly idl,gently gentl,ugly ugli,early earli,only onli,singly singl,
sky sky,news news,howe howe,atlas atlas,cosmos cosmos,bias bias,andes andes,inning inning,innings inning,
proceeded proceed,ties tie,cries cri,gas gas,this this,gaps gap,kiwis kiwi,hopping hop,hoping hope,luxuriated luxuri,
by by,say say,cry cri,generously generous,communism communism,electricity electr,batteries batteri,battery batteri`

describe('the English stemmer', () => {
  it.each(
    VECTORS.trim()
      .split(/,\s*/)
      .map((pair) => pair.split(' ')),
  )('makes %s into %s', (word, stem) => {
    expect(stemEnglish(word!)).toBe(stem)
  })

  it.each(['łódź', 'lifepo4', '电池', '', 'a'.repeat(100)])('gives %s back as it is', (word) => {
    expect(stemEnglish(word)).toBe(word)
  })
})

describe('spelling', () => {
  it.each([
    ['fibres', 'fibers'],
    ['optimisation', 'optimization'],
    ['characterised', 'characterized'],
    ['behavioural', 'behavioral'],
    ['aluminium', 'aluminum'],
    ['exercise', 'exercise'],
    ['precise', 'precise'],
    ['four', 'four'],
    ['store', 'store'],
  ])('reads %s as %s', (british, american) => {
    expect(americanSpelling(british)).toBe(american)
  })

  it('tells organic from organization, which the stemmer does not', () => {
    expect(stemEnglish('organic')).toBe(stemEnglish('organization'))
    expect(termKeptApart('organic')).not.toBe(termKeptApart('organization'))
  })
})
