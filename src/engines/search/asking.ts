/**
 * What a query says about asking itself, not about what is sought: "I am interested in", "find all articles that deal
 * with". Only whole phrases fall away: the same words alone may be the topic, as paper is where it is made.
 */
const ASKING_PHRASES = new RegExp(
  `\\b(?:${[
    String.raw`(?:(?:i|we)(?:'m| am|'re| are)?\s)?(?:(?:especially|particularly|only|also)\s)?interested\sin`,
    String.raw`(?:i|we)(?:'d| would)\s(?:like|rather)(?:\sto)?(?:\s(?:find|see|know|have|get))?`,
    String.raw`(?:of\s)?(?:particular|special)\s(?:interest|emphasis)`,
    String.raw`areas?\sof\s(?:particular\s)?interest`,
    String.raw`(?:find|list|give|show)\s(?:me\s)?(?:all|any)`,
    String.raw`(?:articles?|papers?|information|literature|discussions?|descriptions?|documents?|studies|reports?)\s` +
      String.raw`(?:(?:exist|available)\s)?(?:(?:which|that)\s)?` +
      String.raw`(?:(?:deal|deals|dealing)\swith|describ(?:e|ing)|discuss(?:ing)?|concern(?:ing)?|` +
      String.raw`relat(?:ed|ing)\sto|on|about|of|in|written)`,
    String.raw`(?:deal|deals|dealing)\swith`,
    String.raw`has\sanyone\s(?:investigated|studied)`,
    String.raw`what\s(?:is|are)\sknown\sabout`,
    String.raw`applications?\sinclude`,
    String.raw`examples?(?=[:\s]\s?(?:of|include|are|:))`,
    String.raw`(?:in\s)?particular(?:ly)?`,
  ].join('|')})\\b`,
  'giu',
)

/** A query without its phrases of asking; one that is nothing else stays as it is. */
export function withoutAsking(query: string): string {
  const rest = query.replace(ASKING_PHRASES, ' . ')
  return /[\p{L}\p{N}]/u.test(rest) ? rest : query
}
