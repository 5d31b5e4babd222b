import { describe, expect, it } from 'vitest'
import { buildIndex } from './build.ts'

/** A text, a question in other inflections, and a text of the same language about something else. */
const ASKED: readonly [language: string, text: string, question: string, other: string][] = [
  [
    'de',
    'Eine Beschichtung für die Batterie',
    'Beschichtungen von Batterien',
    'Trocknen von Holz durch Wind und Sonne',
  ],
  [
    'fr',
    'Une batterie pour le stockage électrique',
    'des batteries électriques pour les maisons',
    'Le vin pour les marchés',
  ],
  [
    'es',
    'Un recubrimiento para las turbinas',
    'recubrimientos de una turbina',
    'El cultivo del trigo para los mercados',
  ],
  ['it', 'Un rivestimento della turbina', 'rivestimenti per le turbine', 'La coltivazione del grano nei mercati'],
  [
    'pt',
    'Um revestimento das turbinas para aviões',
    'revestimentos de uma turbina',
    'O cultivo do trigo para os mercados',
  ],
  ['nl', 'Een deklaag voor de turbine', 'deklagen voor turbines', 'Het telen van tarwe voor de markt'],
  ['sv', 'En vinge till turbinen och skeppet', 'vingar och turbiner', 'Odling av vete för marknaden'],
  ['da', 'En belægning til turbinen og skibet', 'turbiner og belægninger', 'Dyrkning af hvede til markedet'],
  ['no', 'Et belegg for turbinen og skipet', 'turbiner og skip', 'Dyrking av hvete til markedet'],
  ['fi', 'Keraaminen pinnoite sekä turbiini', 'pinnoitteet sekä muut', 'Vehnän viljely sekä markkinat'],
  ['hu', 'Egy bevonat a turbina számára és a hajók között', 'a bevonatok és a turbinák', 'A búza és a piac között'],
  ['ro', 'O acoperire pentru turbina', 'acoperiri pentru turbine', 'Cultivarea grâului pentru piață'],
  ['tr', 'Türbin için seramik kaplama ve boya', 'türbinler için kaplamalar', 'Pazar için buğday ve gübre'],
  ['ru', 'Керамическое покрытие для турбины', 'керамические покрытия турбин', 'Выращивание пшеницы для рынка'],
  ['el', 'Κεραμική επίστρωση για την τουρμπίνα', 'κεραμικές επιστρώσεις', 'Η καλλιέργεια του σιταριού για την αγορά'],
]

describe('a question in a language other than English', () => {
  it.each(ASKED)('finds a text in another inflection: %s', (lang, wanted, question, other) => {
    for (const given of [{}, { lang }]) {
      const index = buildIndex([
        { id: 'a-other', fields: { text: other }, ...given },
        { id: 'b-wanted', fields: { text: wanted }, ...given },
      ])
      expect(index.search(question, given)[0]?.id).toBe('b-wanted')
    }
  })

  it('finds the word as it is written too, where its language cannot be told', () => {
    const index = buildIndex([
      { id: 'a', fields: { text: 'Neue Batterien für die Luftfahrt und die Schifffahrt' } },
      { id: 'b', fields: { text: 'Trocknen von Holz durch Wind und Sonne' } },
    ])
    expect(index.search('Batterien').map(({ id }) => id)).toEqual(['a'])
    expect(index.search('Luftfahrt', { lang: 'en' }).map(({ id }) => id)).toEqual(['a'])
  })

  it('reads each line of a text in its own language', () => {
    const title = 'Ceramic coatings of turbines\n涡轮机陶瓷涂层\nKeramische Beschichtungen für Turbinen'
    const index = buildIndex([{ id: 'a', fields: { title } }])
    for (const question of ['coating', '陶瓷涂层', 'eine Beschichtung für die Turbine'])
      expect(index.search(question).map(({ id }) => id)).toEqual(['a'])
  })

  it('takes nothing from English questions', () => {
    const english = [
      { id: 'a', fields: { text: 'Coatings for turbines that are made of ceramics' } },
      { id: 'b', fields: { text: 'A turbine and the coating of its blades, with ceramics' } },
    ]
    const german = { id: 'c', fields: { text: 'Die Trocknung von Holz durch den Wind und die Sonne' } }
    const ranked = (documents: typeof english) =>
      buildIndex(documents)
        .search('ceramic coatings for turbines', { plain: true })
        .map(({ id }) => id)
    expect(ranked([...english, german])).toEqual(ranked(english))
  })
})
