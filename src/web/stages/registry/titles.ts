import { defineWords } from '../../lib/words.ts'

export const registryTitles = defineWords({
  zh: {
    organisations: '机构',
    addOrganisation: '添加机构',
    editOrganisation: '修改机构',
    results: '成果',
    addResult: '添加成果',
    editResult: '修改成果',
    projects: '项目',
    people: '人员',
    addPerson: '添加人员',
    editPerson: '修改人员',
    duplicates: '重复机构',
    records: '名录',
    startOrganisations: '查名录',
    startOrganisationsText: '园区里有谁：企业、高校、院所、基金，各自有什么成果，和谁合作过。',
  },
  en: {
    organisations: 'Organisations',
    addOrganisation: 'Add an organisation',
    editOrganisation: 'Edit an organisation',
    results: 'Results',
    addResult: 'Add a result',
    editResult: 'Edit a result',
    projects: 'Projects',
    people: 'People',
    addPerson: 'Add a person',
    editPerson: 'Edit a person',
    duplicates: 'Duplicates',
    records: 'Records',
    startOrganisations: 'Look through the registry',
    startOrganisationsText:
      'Who is in the zone: companies, universities, institutes, funds, with their results and past partners.',
  },
})
