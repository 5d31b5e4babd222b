import type { FoldedText } from './fold.ts'

/** Units of measure, each line one unit: the way it is written in a term first, then the other ways, folded. */
const UNITS = `
um μm 微米|nm 纳米|mm 毫米|cm 厘米 公分|km 千米 公里|m 米|kg 千克 公斤|mg 毫克|ug μg 微克|g 克|t 吨|l 升|ml 毫升|ul μl 微升
h 小时|min 分钟|s 秒|ms 毫秒|us μs 微秒|ns 纳秒|hz 赫兹|khz 千赫|mhz 兆赫|ghz 吉赫|thz 太赫兹|v 伏|kv 千伏|mv 毫伏|a 安
ma 毫安|ah 安时|mah 毫安时|w 瓦|kw 千瓦|mw 兆瓦|gw 吉瓦|wh 瓦时|kwh 千瓦时 度电|mwh 兆瓦时|gwh 吉瓦时|wh/kg 瓦时/千克|pa 帕
kpa 千帕|mpa 兆帕|gpa 吉帕|bar 巴|k 开尔文|°c 摄氏度|°f|%|ppm|ppb|mol 摩尔|j 焦耳|kj 千焦|mj 兆焦|ev 电子伏|kev|db 分贝|rpm
bit 比特|kb|mb|gb|tb|gbps|mbps|nm/min|mm/s|m/s|m2 平方米|m3 立方米|ω 欧姆|kω 千欧|n·m|inch 英寸|mah/g|g/l|kg/m3|w/mk`

const WRITTEN: ReadonlyMap<string, string> = new Map(
  UNITS.trim()
    .split(/[|\n]/)
    .flatMap((line) => {
      const ways = line.trim().split(' ')
      return ways.map((way): [string, string] => [way, ways[0] ?? way])
    }),
)
/** The longest unit that begins with a UTF-16 unit. */
const LENGTHS_MAX = new Map<number, number>()
for (const way of WRITTEN.keys())
  LENGTHS_MAX.set(way.charCodeAt(0), Math.max(way.length, LENGTHS_MAX.get(way.charCodeAt(0)) ?? 0))

/** A unit that begins at `at` of a folded text: how it is written in a term, and where it ends; the longest one. */
export function unitAt(folded: FoldedText, at: number): { unit: string; end: number } | null {
  const lengthMax = LENGTHS_MAX.get(folded.units[at]!)
  if (lengthMax === undefined) return null
  const ahead = folded.slice(at, Math.min(folded.length, at + lengthMax + 1))
  for (let length = Math.min(lengthMax, ahead.length); length > 0; length -= 1) {
    const unit = WRITTEN.get(ahead.slice(0, length))
    if (unit === undefined) continue
    // A Latin unit ends where its word ends; a Chinese one is followed by whatever the sentence goes on with.
    const [last, next] = [ahead[length - 1] ?? '', ahead[length] ?? '']
    if (/[a-z0-9]/.test(last) && /[\p{L}\p{N}]/u.test(next) && !/\p{Script=Han}/u.test(next)) continue
    return { unit, end: at + length }
  }
  return null
}
