export const SECRET = 'polysulfide shuttle'
/** A need file whose private text can be told wherever it turns up. */
export const FILE = {
  title: { zh: '低堆叠压力电芯', en: 'Low stack pressure cell' },
  problem: { en: `It dies of the ${SECRET}.` },
  tried: `More of the ${SECRET}.`,
  summary: { en: 'Partners wanted for cells below 2 MPa.' },
  targets: [{ quantity: 'Stack pressure', unit: 'MPa', now: 8, wanted: 2 }],
  trl: { from: 4, to: 7 },
  capabilities: [
    { name: { zh: '硫化物电解质', en: 'Sulfide electrolyte' }, weight: 5, critical: true },
    { name: 'Warm isostatic pressing', weight: 4, critical: false },
  ],
  budget: { amount: '32000000', currency: 'CNY' },
  deadline: '2028-12-31',
  conditions: { minMembers: 4, kinds: ['company', 'university'] },
}

export const idsIn = (answered: { body: { rows: { id: string }[] } }) => answered.body.rows.map(({ id }) => id)
