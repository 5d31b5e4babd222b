import { defineRefusals } from '../../lib/refusal-words.ts'

defineRefusals({
  zh: {
    'sign_in.invalid_email_or_password': '邮箱或密码不对。忘记密码时，请园区管理员重新发送设置密码的链接。',
    'sign_in.invalid_email': '邮箱地址不完整。',
    'sign_in.too_many': '尝试次数过多，请一分钟后再试。',
    'sign_in.invalid_token': '这个链接已过期或已用过。请园区管理员重新发送。',
    'sign_in.password_too_short': '密码至少 10 个字符。',
    'sign_in.password_too_long': '密码最多 128 个字符。',
    'password.length': '密码至少 {{limit}} 个字符',
    'first_code.wrong': '启用码不对。它显示在启动服务器的那个窗口里。',
    'first_code.spent': '启用码已经用过。请用管理员账户登录。',
    'zone.unknown': '没有这个园区。',
    'zone.slug_taken': '这个短名已被另一个园区使用，请换一个。',
    'zone.not_demo': '这里只能删除演示园区。',
    'member.known': '这个人已经是成员。',
    'member.unknown': '没有这个成员。',
    'member.last_administrator': '园区至少要有一位管理员。请先指定另一位管理员。',
    'work.unknown': '没有这个任务，或它不归您查看。',
    'view.unknown': '没有这个视图，可能已被删除。',
  },
  en: {
    'sign_in.invalid_email_or_password':
      'The address or the password is not right. If it is forgotten, an administrator of your zone can send a new link.',
    'sign_in.invalid_email': 'The address is not complete.',
    'sign_in.too_many': 'Too many tries. Wait a minute and try again.',
    'sign_in.invalid_token':
      'This link has run out or was used already. An administrator of your zone can send another.',
    'sign_in.password_too_short': 'A password has at least 10 characters.',
    'sign_in.password_too_long': 'A password has at most 128 characters.',
    'password.length': 'At least {{limit}} characters',
    'first_code.wrong': 'This is not the code. It stands in the window in which the server was started.',
    'first_code.spent': 'The code was used already. Sign in as the administrator.',
    'zone.unknown': 'There is no such zone.',
    'zone.slug_taken': 'Another zone has this short name. Choose another.',
    'zone.not_demo': 'Only the demo zone can be deleted here.',
    'member.known': 'This person is a member already.',
    'member.unknown': 'There is no such member.',
    'member.last_administrator': 'A zone keeps at least one administrator. Make somebody else one first.',
    'work.unknown': 'There is no such work, or it is not yours to see.',
    'view.unknown': 'There is no such view; it may have been removed.',
  },
})
