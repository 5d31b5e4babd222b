/**
 * Words that stand in the names of many capabilities and name none: a text on solid electrolyte films is about
 * "preparation of solid electrolyte films" whether it says preparation or not. Terms as the tokeniser gives them.
 */
export const WEAK_TERMS: ReadonlySet<string> = new Set([
  ...(
    'technolog techniqu method process system develop research applic solut equip product fabric prepar manufactur ' +
    'servic advanc novel new integr'
  ).split(' '),
  ...'技术 工艺 方法 制备 研发 研制 开发 研究 应用 系统 生产 制造 加工 设备 装备 产品 服务 集成 能力 新型 先进 关键'.split(
    ' ',
  ),
])
