import { defineRefusals } from '../../lib/refusal-words.ts'
import { defineWords } from '../../lib/words.ts'

/** Whether ranking goes by meaning too, and what it says of a text. */
export const meaningWords = defineWords({
  zh: {
    title: '语义检索',
    reason: '与需求意思相近：余弦相似度 {{cosine}}，在 {{of}} 段文字中居第 {{place}}',
    'state.off': '语义检索未开启，文字贴近只按词语比对。服务器的运维人员可以接入一个向量模型。',
    offWhy: '语义检索没能开启：{{why}}文字贴近只按词语比对。',
    'state.on':
      '语义检索已开启，模型为 {{model}}，{{texts}} 段文字都有向量。词语和语义各排一次名次，再按名次的倒数合并。',
    'state.filling': '模型 {{model}} 正在为文字计算向量：{{texts}} 段中已有 {{vectors}} 段，其余 {{left}} 段在等待。',
    'state.failing': '语义检索（模型 {{model}}）眼下不可用：{{why}}{{texts}} 段文字中有 {{vectors}} 段向量。',
    usedPart: '本次排序只用到已有的向量。',
    usedNone: '本次排序只按词语。',
  },
  en: {
    title: 'Ranking by meaning',
    reason: 'Near to the need in meaning: cosine {{cosine}}, place {{place}} of {{of}} texts',
    'state.off':
      'Ranking by meaning is off: closeness goes by words alone. Whoever operates the server can connect a model.',
    offWhy: 'Ranking by meaning could not be switched on. {{why}} Closeness goes by words alone.',
    'state.on':
      'Ranking by meaning is on, with {{model}}: all {{texts}} texts have vectors. Words and meaning each rank the texts; the two lists are joined by reciprocal rank.',
    'state.filling': '{{model}} is making vectors: {{vectors}} of {{texts}} texts have theirs, {{left}} wait.',
    'state.failing':
      'Ranking by meaning ({{model}}) does not work now. {{why}} {{vectors}} of {{texts}} texts have vectors.',
    usedPart: 'This ranking goes by the vectors that are there.',
    usedNone: 'This ranking goes by words alone.',
  },
})

defineRefusals({
  zh: {
    'embedder.folder': '服务器上没有所指的模型目录。',
    'embedder.library': '缺少运行模型的程序库。',
    'embedder.model': '模型文件读不出或运行不了。',
    'embedder.unreachable': '连不上向量服务。',
    'embedder.refused': '向量服务拒绝了请求。',
    'embedder.slow': '向量服务迟迟没有回应。',
    'embedder.answer': '向量服务的回答读不懂。',
    'embedder.too_large': '向量服务的回答过大。',
    'embedder.dimensions': '向量的维数与先前不同。',
    'embedder.redirect': '向量服务要转到别的地址，已被拦下。',
    'meaning.texts': '园区的文字超过了语义检索的上限。',
    'meaning.failed': '服务器出错了，已记入日志。',
  },
  en: {
    'embedder.folder': 'The folder named for the model is not there.',
    'embedder.library': 'The library that runs the model is not installed.',
    'embedder.model': 'The model can’t be read or run.',
    'embedder.unreachable': 'The embedding service can’t be reached.',
    'embedder.refused': 'The embedding service refused what it was asked.',
    'embedder.slow': 'The embedding service took too long.',
    'embedder.answer': 'The embedding service’s answer could not be read.',
    'embedder.too_large': 'The embedding service’s answer was too large.',
    'embedder.dimensions': 'The vectors have other dimensions than before.',
    'embedder.redirect': 'The embedding service wanted to send on to another address, and was not followed.',
    'meaning.texts': 'The zone has more texts than can be ranked by meaning.',
    'meaning.failed': 'The server met an error of its own. It is in the log.',
  },
})
