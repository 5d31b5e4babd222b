import { registryApi } from '#stages/registry/api.ts'
import { call } from '../../lib/client.ts'
import { useZone } from '../../lib/zone.ts'
import { type Picked, RecordField, RecordsField } from '../../ui/form/record-picker.tsx'

const FOUND_MAX = 20

function useFindOrganisations() {
  const { slug } = useZone()
  return async (words: string, signal: AbortSignal): Promise<Picked[]> => {
    const { rows } = await call(registryApi.organisations, {
      params: { zone: slug },
      query: { q: words, size: FOUND_MAX },
      signal,
    })
    return rows.map(({ id, name, city, country }) => {
      const hint = city ?? country
      return { id, name, ...(hint ? { hint } : {}) }
    })
  }
}

interface FieldProps {
  label: string
  hint?: string
  error?: string | undefined
  required?: boolean
}

/** One organisation of the zone, found by name or identifier. */
export function OrganisationField(
  props: FieldProps & { value: Picked | null; onChange: (value: Picked | null) => void },
) {
  return <RecordField what="organisations" find={useFindOrganisations()} {...props} />
}

/** Several organisations of the zone. */
export function OrganisationsField(
  props: FieldProps & { value: readonly Picked[]; onChange: (value: Picked[]) => void; most?: number },
) {
  return <RecordsField what="organisations" find={useFindOrganisations()} {...props} />
}
