/** Words that say nothing about what a text deals with, English and Chinese. Queries leave them out; texts keep them. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ...(
    'a an and are as at be been being but by can could do does for from had has have how i if in into is it its may ' +
    'more most no nor not of on or our over should so such than that the their them then there these they this those ' +
    'through to under up use used using via was we were what when where which while who will with within without would ' +
    'you your also about between both each other some any all only'
  ).split(' '),
  ...'的 了 和 与 及 或 在 是 为 对 等 中 上 下 其 该 以 于 由 从 并 而 将 被 把 向 到 有 也 之 个 种 一种 基于 通过 以及 进行 一个'.split(
    ' ',
  ),
])
