import { createServer, type Server, type Socket } from 'node:net'

export interface ReceivedLetter {
  to: string
  text: string
}

export interface MailServer {
  url: string
  letters: ReceivedLetter[]
  /** Asked for each reader before the letter is taken; what it answers is said instead of taking it (`451 busy`). */
  refuse?: ((to: string) => string | undefined | Promise<string | undefined>) | undefined
  close(): Promise<void>
}

/** A small SMTP server on a free port of 127.0.0.1, which keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const letters: ReceivedLetter[] = []
  const sockets = new Set<Socket>()
  const mail: MailServer = {
    url: '',
    letters,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, mail)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address !== 'object') throw new Error('The machine gave no port.')
  mail.url = `smtp://127.0.0.1:${address.port}`
  return mail
}

function converse(socket: Socket, mail: MailServer): void {
  let buffered = ''
  let to = ''
  let body: string[] | undefined
  const say = (line: string) => socket.write(`${line}\r\n`)
  const hear = (line: string) => {
    if (body) {
      if (line !== '.') return void body.push(line)
      mail.letters.push({ to, text: body.join('\n') })
      body = undefined
      return void say('250 taken')
    }
    if (/^(EHLO|HELO|MAIL|RSET|NOOP)/i.test(line)) return void say('250 well')
    if (/^RCPT/i.test(line)) {
      to = /<(.*)>/.exec(line)?.[1] ?? ''
      return void Promise.resolve(mail.refuse?.(to)).then((refusal) => say(refusal ?? '250 well'))
    }
    if (/^DATA/i.test(line)) {
      body = []
      return void say('354 go on')
    }
    say(/^QUIT/i.test(line) ? '221 bye' : '502 unknown')
  }
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('data', (text: string) => {
    buffered += text
    const lines = buffered.split('\r\n')
    buffered = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
  say('220 mail.test')
}
