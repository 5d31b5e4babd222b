// Chinese words as @node-rs/jieba cuts them.
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

const jieba = Jieba.withDict(dict)
export const cut = (text) => jieba.cut(text, true)
export const cutForSearch = (text) => jieba.cutForSearch(text, true)
