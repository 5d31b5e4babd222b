import { foldText } from '../text/fold.ts'
import { OF_NO_WEIGHT_WORDS } from './words.ts'

const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'zh']
const namers = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }))
const byCountry = new Map<string, readonly string[]>()
const byPlace = new Map<string, readonly string[]>()
const PLACES_KEPT_MAX = 100_000

/** The words under which a record's place may stand in its name: its country in several languages, its region and city. */
export function placeWordsOf(place: {
  country: string | null
  region?: string | null
  city: string | null
}): Set<string> {
  return new Set([...countryWords(place.country), ...wordsOf(place.region), ...wordsOf(place.city)])
}

function countryWords(country: string | null): readonly string[] {
  if (!country) return []
  const known = byCountry.get(country)
  if (known) return known
  const code = country.toUpperCase() === 'UK' ? 'GB' : country.toUpperCase() === 'EL' ? 'GR' : country.toUpperCase()
  const named = /^[A-Z]{2}$/.test(code) ? namers.map((namer) => namer.of(code) ?? '') : [country]
  const words = named.flatMap((name) => [...wordsOf(name)])
  byCountry.set(country, words)
  return words
}

function wordsOf(text: string | null | undefined): readonly string[] {
  if (!text) return []
  const known = byPlace.get(text)
  if (known) return known
  const words = foldText(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1 && !OF_NO_WEIGHT_WORDS.has(word))
    .flatMap((word) => [word, word.replace(/(?<=\p{Script=Han}{2})[省市区县]$/u, '')])
  if (byPlace.size < PLACES_KEPT_MAX) byPlace.set(text, words)
  return words
}
