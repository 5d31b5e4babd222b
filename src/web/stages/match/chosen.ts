import { useAddress } from '../../lib/address.ts'

/** So many stand side by side at most: more can't be read. */
export const CHOSEN_MAX = 4

/** Which candidates are chosen for the comparison, by their keys; in the address, so that a comparison can be sent on. */
export function useChosen(): { chosen: readonly string[]; choose: (key: string) => void; clear: () => void } {
  const { search, set } = useAddress()
  const chosen = search.compare ? search.compare.split(',').slice(0, CHOSEN_MAX) : []
  const put = (keys: readonly string[]) =>
    set({ compare: keys.join(','), ...(keys.length > 1 ? {} : { side: undefined }) })
  return {
    chosen,
    /** Chooses one, or drops it where it was chosen; a fifth takes the place of the one chosen last. */
    choose: (key) =>
      put(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen.slice(0, CHOSEN_MAX - 1), key]),
    clear: () => put([]),
  }
}
