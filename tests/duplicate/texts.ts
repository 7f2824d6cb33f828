/** A text of its own words for each number, in paragraphs. */
export function textOf(number: number, paragraphs = 6, words = WORDS): string {
  let state = number * 2_654_435_761 + 12_345;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: paragraphs }, () => `${Array.from({ length: 28 }, () => words[next(words.length)] ?? '').join(words === WORDS ? ' ' : '')}.`).join('\n\n');
}

const WORDS = ('harbour bridge council morning engine letter school river market winter council train letter police doctor field island bread teacher music window garden stone summer village station worker minister farmer '
  + 'report water budget engineer vote season museum ferry tower carpet paper meeting street bakery clock forest valley mountain painter singer nurse pilot').split(' ');
export const HAN = '大桥通车市政府表示工程历时两年三百人参加了工作学校河水春天城里铁路医生老师音乐花园石头村庄车站工人农民报告预算投票季节博物馆渡轮塔楼会议街道面包钟表森林山谷画家歌手护士'.split('');
