import { REFUSAL_WORDS } from '#stages/imports/refusal-words.ts'
import { defineRefusals } from '../../lib/refusal-words.ts'

/** Why a file could not be read, and what to do with it. */
const FILES = {
  zh: {
    'file.not_there': '服务器上已没有这个文件，重新上传即可。',
    'file.empty': '文件是空的，换一个有内容的文件。',
    'file.old_excel': '这是旧版 Excel 文件（.xls）。在 Excel 中打开，另存为“Excel 工作簿（.xlsx）”，再导入。',
    'file.not_what_it_says': '文件的内容与扩展名不符，可能改过名。用原来的程序打开，另存为 .xlsx 或 .csv，再导入。',
    'file.not_a_table': '这不是表格。可以导入 .xlsx、.csv，或 CORDIS 下载的 .zip。',
    'file.not_a_zip': '这个压缩包不完整，可能没有下载完。重新下载再导入。',
    'file.not_a_workbook': '这不是完整的 Excel 工作簿。在 Excel 中打开，另存为 .xlsx，再导入。',
    'file.damaged': '文件已损坏，读到中途读不下去。重新导出或下载，再导入。',
    'file.encrypted': '文件设了密码。去掉密码另存一份，再导入。',
    'file.climbing_path': '压缩包里有指向包外的路径，为安全起见没有打开。从官方来源重新下载。',
    'file.packed_size': '文件超过 200 MB。拆成几个文件，分别导入。',
    'file.unpacked_size': '解压后的内容超出上限，为安全起见没有读完。拆成几个文件，分别导入。',
    'file.entries': '文件里的工作表、合并单元格或压缩条目太多（上限 {{limit}}）。拆成几个文件，分别导入。',
    'file.ratio': '压缩比高得反常，为安全起见没有打开。用原来的程序重新保存，再导入。',
    'file.overlap': '压缩包的内容互相重叠，为安全起见没有打开。从官方来源重新下载。',
    'file.compression': '压缩方式无法识别。用普通 zip 方式重新压缩，再导入。',
    'file.encoding': '文字编码认不出来，或其中有乱码。在 Excel 中另存为 .xlsx 或“CSV UTF-8”，再导入。',
    'file.unclosed_quote': '有一个双引号没有成对，从那里起分不清列。在 Excel 中打开看是否错位，另存为 .xlsx，再导入。',
    'file.rows': '行数超过上限 {{limit}}。拆成几个文件，分别导入。',
    'file.columns': '列数超过上限 {{limit}}。删去不需要的列，再导入。',
    'file.field_size': '有单元格的文字过长（上限 {{limit}} 个字符）。缩短后再导入。',
    'file.shared_texts': '工作簿里的文字总量超出上限。拆成几个文件，分别导入。',
    'file.doctype': '文件里夹带了表格不该有的声明，为安全起见没有打开。在 Excel 中另存一份，再导入。',
    'file.missing_part': '文件缺了一部分 {{limit}}。CORDIS 压缩包要按下载时的原样导入；工作簿请重新保存。',
    'file.missing_column': '缺少必需的列 {{limit}}。按下载时的原样导入 CORDIS 文件，不要删改列名。',
    'file.cancelled': '已停止读取，名录没有任何变化。',
    'import.none_refused': '这次导入没有退回的行。',
    'import.stopped': '已停止，名录没有任何变化。',
    'import.no_table': '没有找到表格。表格要有一行列名，下面至少一行数据。',
    'import.sheets': '工作表超过 {{limit}} 张。拆成几个文件，分别导入。',
    'import.sheet_unknown': '文件里没有这张工作表。',
    'import.files': '一次 CORDIS 下载最多 {{limit}} 个文件。',
    'import.not_a_part': '这个文件不属于 CORDIS 下载。补上的应是 project.csv 或 organization.csv。',
    'import.organisations': '一个文件里的机构太多（上限 {{limit}}）。拆成几个文件，分别导入。',
    'import.rows': '一次导入的行数超过上限 {{limit}}。拆成几个文件，分别导入。',
    'import.unknown': '没有这次导入。',
    'import.state': '这次导入已经走到别的步骤，刷新后再看。',
    'import.checked_anew': '您看过之后，各行又核对了一遍。看过新的结果再入库。',
    'import.registry_moved': '入库时名录一直有人在改，没有写入任何一行。稍后再点一次入库。',
    'mapping.wrong': '列的对应关系还不能用，请看下面标出的地方。',
    'mapping.nothing': '没有一张工作表要导入。至少选一张，说明它的每行是什么。',
    'mapping.unknown_sheet': '文件里没有这张工作表。',
    'mapping.sheet_twice': '同一张工作表出现了两次。',
    'mapping.unknown_column': '表里没有这一列。',
    'mapping.unknown_field': '这一项不能用在这张表里。',
    'mapping.field_twice': '两列对应了同一项，只能留一列。',
    'mapping.column_twice': '同一列出现了两次。',
    'mapping.no_name': '还没有一列是机构名称或证照号。',
    'mapping.no_title': '还没有一列是成果名称。',
  },
  en: {
    'file.not_there': 'The file is no longer on the server. Upload it again.',
    'file.empty': 'The file is empty. Choose one that holds something.',
    'file.old_excel':
      'This is a file of the old Excel (.xls). Open it in Excel, save it as “Excel Workbook (.xlsx)” and import that.',
    'file.not_what_it_says':
      'The content is not what the file’s name says; it may have been renamed. Open it where it came from, save it as .xlsx or .csv and import that.',
    'file.not_a_table': 'This is not a table. An .xlsx, a .csv or the .zip of a CORDIS download can be imported.',
    'file.not_a_zip': 'The zip is not whole; the download may have broken off. Download it again.',
    'file.not_a_workbook': 'This is not a whole Excel workbook. Open it in Excel, save it as .xlsx and import that.',
    'file.damaged': 'The file is damaged and can’t be read to its end. Export or download it again.',
    'file.encrypted': 'The file has a password. Save a copy without one and import that.',
    'file.climbing_path':
      'The zip holds a path that leads out of it, so it was not opened. Download it again from its official source.',
    'file.packed_size': 'The file is over 200 MB. Split it and import the parts one by one.',
    'file.unpacked_size': 'Unpacked it is beyond the limit, so the reading was stopped. Split it and import the parts.',
    'file.entries':
      'The file holds too many sheets, merged cells or packed files (at most {{limit}}). Split it and import the parts.',
    'file.ratio':
      'It is packed more tightly than any real table, so it was not opened. Save it again where it came from.',
    'file.overlap': 'Parts of the zip lie over one another, so it was not opened. Download it again.',
    'file.compression': 'It is packed in a way that is not understood. Zip it again in the ordinary way.',
    'file.encoding':
      'The encoding of the text was not recognised, or it is broken. Save it in Excel as .xlsx or as “CSV UTF-8” and import that.',
    'file.unclosed_quote':
      'A double quote opens and never closes, so from there on columns can’t be told apart. Open it in Excel, see where it slips, save it as .xlsx and import that.',
    'file.rows': 'There are more than {{limit}} rows. Split the file and import the parts.',
    'file.columns': 'There are more than {{limit}} columns. Remove those that nobody needs.',
    'file.field_size': 'A cell holds more than {{limit}} characters. Shorten it and import the file again.',
    'file.shared_texts': 'The workbook holds more text than is allowed. Split it and import the parts.',
    'file.doctype':
      'The file carries a declaration that tables do not have, so it was not opened. Save a copy in Excel and import that.',
    'file.missing_part':
      'A part of the file is missing: {{limit}}. Import a CORDIS zip as it was downloaded; save a workbook anew.',
    'file.missing_column':
      'The column {{limit}} is missing, and it is needed. Import CORDIS files as they were downloaded, with their column names.',
    'file.cancelled': 'The reading was stopped. Nothing in the registry has changed.',
    'import.none_refused': 'No row of this import was refused.',
    'import.stopped': 'It was stopped. Nothing in the registry has changed.',
    'import.no_table': 'No table was found. A table has a row with the names of its columns and data below it.',
    'import.sheets': 'There are more than {{limit}} sheets. Split the workbook and import the parts.',
    'import.sheet_unknown': 'The file has no such sheet.',
    'import.files': 'A CORDIS download has at most {{limit}} files.',
    'import.not_a_part': 'This file is no part of a CORDIS download. project.csv or organization.csv is wanted.',
    'import.organisations': 'The file names too many organisations (at most {{limit}}). Split it and import the parts.',
    'import.rows': 'There are more than {{limit}} rows for one import. Split the file and import the parts.',
    'import.unknown': 'There is no such import.',
    'import.state': 'This import has moved on meanwhile. Load the page again and see where it stands.',
    'import.checked_anew': 'The rows were checked anew since you looked. See the new outcome, then take them.',
    'import.registry_moved':
      'The registry kept changing while the rows were being taken, so none was. Take them again in a while.',
    'mapping.wrong': 'The columns can’t be used like this yet. See what is marked below.',
    'mapping.nothing': 'Every sheet is left out. Choose at least one and say what its rows are.',
    'mapping.unknown_sheet': 'The file has no such sheet.',
    'mapping.sheet_twice': 'The same sheet stands here twice.',
    'mapping.unknown_column': 'The sheet has no such column.',
    'mapping.unknown_field': 'This can’t stand in such a sheet.',
    'mapping.field_twice': 'Two columns are the same thing; only one can be.',
    'mapping.column_twice': 'The same column stands here twice.',
    'mapping.no_name': 'No column is yet the organisation’s name or an identifier.',
    'mapping.no_title': 'No column is yet the result’s title.',
  },
} as const

defineRefusals(FILES)

/** The rules of rows and values, as the file of refused rows words them too. */
const inLanguage = (language: 'zh' | 'en') =>
  Object.fromEntries(Object.entries(REFUSAL_WORDS).map(([rule, words]) => [rule, words[language]]))
defineRefusals({ zh: inLanguage('zh'), en: inLanguage('en') })

export const FILE_RULES_WORDED: ReadonlySet<string> = new Set(Object.keys(FILES.en))
