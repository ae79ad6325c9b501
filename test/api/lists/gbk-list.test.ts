import iconv from 'iconv-lite';
import { decodeTable } from '../../../api/lists/decode-csv';
import { readUnitList } from '../../../domain/unit-list/read-unit-list';
import { troubleSentence } from '../../../domain/unit-list/troubles';

const HEADER = '单位名称,单位编码,单位类别,涉及领域,填报人,填报人手机,填报人邮箱,主管单位';
const SOUND = [
  '清源县人民医院,U001,医院,危化品、消防,赵示甲,138 0000 0001,a.u001@qingyuan.example,',
  '柳河镇卫生院,U002,乡镇卫生院,消防,钱示乙,0731-81234567,a.u002@qingyuan.example,',
];
const BROKEN = [
  '上湾村卫生室,U003,卫生屋,,孙示丙,138-0000-0003,,U002',
  '下湾村卫生室,U004,村卫生室,,李示丁,138-0000-04,,U002',
  '桥头村卫生室,U005,村卫生室,,周示戊,138-0000-0005,a.u005#qingyuan.example,U020',
];
const MENDED = [
  '上湾村卫生室,U003,卫生室,,孙示丙,138-0000-0003,,U002',
  '下湾村卫生室,U004,村卫生室,,李示丁,138-0000-0004,,U002',
  '桥头村卫生室,U005,村卫生室,,周示戊,138-0000-0005,a.u005@qingyuan.example,U002',
];

function read(lines: string[]) {
  const table = decodeTable(iconv.encode(lines.join('\r\n'), 'gbk'));
  if ('trouble' in table) throw new Error(table.trouble.message.en);
  expect(table.encoding).toBe('gb18030');
  return readUnitList(table, { codes: new Set() });
}

test('three broken rows of a GBK list are each named by row and column, and once mended the list is taken', () => {
  const refused = read([HEADER, ...SOUND, '', ...BROKEN]);
  expect(refused).not.toHaveProperty('units');
  const sentences = 'troubles' in refused ? refused.troubles.map((trouble) => troubleSentence(trouble).zh) : [];
  expect(sentences).toEqual([
    expect.stringMatching(/^第 5 行“单位类别”：不认识的单位类型“卫生屋”/),
    expect.stringMatching(/^第 6 行“填报人手机”：“138-0000-04”不是/),
    expect.stringMatching(/^第 7 行“填报人邮箱”：“a.u005#qingyuan.example”不是/),
    expect.stringMatching(/^第 7 行“主管单位”：监管单位“U020”不在/),
  ]);
  const accepted = read([HEADER, ...SOUND, '', ...MENDED]);
  expect('units' in accepted && accepted.units.map(({ code }) => code)).toEqual([
    'U001',
    'U002',
    'U003',
    'U004',
    'U005',
  ]);
});
