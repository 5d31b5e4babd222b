import { randomInt, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 12
const TRIES_MAX = 20

/** The code that a fresh server prints, by which its first visitor shows to be the one who started it. */
export interface FirstCode {
  text: string
  matches(said: string): boolean
  spend(): void
}

export function makeFirstCode(): FirstCode {
  const text = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  let tries = 0
  let spent = false
  return {
    text,
    matches(said) {
      tries += 1
      if (spent || tries > TRIES_MAX) return false
      const clean = said.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
      return clean.length === text.length && timingSafeEqual(Buffer.from(clean), Buffer.from(text))
    },
    spend() {
      spent = true
    },
  }
}
