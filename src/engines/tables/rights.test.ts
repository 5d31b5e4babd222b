import { describe, expect, it } from 'vitest'
import { readContact } from './links.ts'
import { readPlace } from './places.ts'
import { told } from './reading.fixture.ts'
import { readDeals, readRightKinds, readRightStatus } from './rights.ts'

const listed = (items: readonly string[]) => items.join('+')

describe('the kinds of a right', () => {
  it.each([
    ['发明专利', 'invention'],
    ['专利', 'invention'],
    ['Patent pending', 'invention'],
    ['实用新型专利', 'utility_model'],
    ['外观设计专利', 'design'],
    ['软件著作权', 'software'],
    ['集成电路布图设计', 'layout'],
    ['Know-how', 'trade_secret'],
    ['发明专利2项、软著1项', 'invention+software'],
    ['發明、實用新型', 'invention+utility_model'],
    ['其他', 'other'],
    ['无', '—'],
    ['xyz', '?unknown_right'],
  ])('%s: %s', (cell, reading) => expect(told(readRightKinds(cell), listed)).toBe(reading))
})

describe('the state of a right', () => {
  it.each([
    ['已授权', 'granted'],
    ['有效', 'granted'],
    ['授权公告', 'granted'],
    ['专利权维持', 'granted'],
    ['Active', 'granted'],
    ['未授权', 'pending'],
    ['实质审查', 'pending'],
    ['申请中', 'pending'],
    ['失效', 'expired'],
    ['权利终止', 'expired'],
    ['驳回', 'withdrawn'],
    ['withdrawn', 'withdrawn'],
    ['-', '—'],
    ['xyz', '?unknown_right_status'],
  ])('%s: %s', (cell, reading) => expect(told(readRightStatus(cell))).toBe(reading))
})

describe('the deals wanted', () => {
  it.each([
    ['技术转让、许可或作价入股', 'licence+transfer+equity'],
    ['独占许可', 'exclusive_licence'],
    ['非独占许可', 'licence'],
    ['独占许可、普通许可', 'exclusive_licence+licence'],
    ['Exclusive license', 'exclusive_licence'],
    ['Non-exclusive licence', 'licence'],
    ['licensing / co-development', 'licence+joint_development'],
    ['合作', 'joint_development'],
    ['先使用后付费', 'use_first_pay_later'],
    ['面议', '— ~negotiable'],
    ['xyz', '?unknown_deal'],
  ])('%s: %s', (cell, reading) => expect(told(readDeals(cell), listed)).toBe(reading))
})

describe('a place in China', () => {
  it.each([
    ['安徽省合肥市蜀山区望江西路1号', '安徽省/合肥市/蜀山区/望江西路1号'],
    ['安徽合肥', '安徽省/合肥市//'],
    ['中国-广东-深圳', '广东省/深圳市//'],
    ['上海市浦东新区', '上海市/上海市/浦东新区/'],
    ['北京', '北京市/北京市//'],
    ['廣西南寧', '广西壮族自治区/南宁市//'],
    ['深圳市南山区', '/深圳市/南山区/'],
    ['昆山市', '/昆山市//'],
    ['江苏省苏州工业园区', '江苏省///苏州工业园区'],
    ['香港', '香港特别行政区///'],
    ['合肥高新区', '?unknown_place'],
    ['Berlin', '?unknown_place'],
    ['', '—'],
  ])('%s: %s', (cell, reading) =>
    expect(
      told(readPlace(cell), ({ region, city, district, rest }) =>
        [region, city, district, rest].map((part) => part ?? '').join('/'),
      ),
    ).toBe(reading),
  )
})

describe('a contact in one cell', () => {
  it.each([
    ['张三 13800000000', '张三|13800000000|'],
    ['张三13800000000', '张三|13800000000|'],
    ['联系人：李四 电话：0571-88888888', '李四|0571-88888888|'],
    ['Anna Weiß, anna@lumen.de', 'Anna Weiß||anna@lumen.de'],
    ['13800000000', '|13800000000|'],
    ['王五', '王五||'],
    ['无', '—'],
    ['12', '?not_a_contact'],
  ])('%s: %s', (cell, reading) =>
    expect(told(readContact(cell), ({ name, phone, email }) => [name, phone, email].join('|'))).toBe(reading),
  )
})
