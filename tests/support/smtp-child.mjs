/** A mail server in a process of its own. Told how to behave by its parent; tells it every mail that it took. */
import { createServer } from 'node:net'
import { generate } from 'selfsigned'
import { SMTPServer } from 'smtp-server'

const {
  security = 'none',
  behaviour = 'accept',
  user = '',
  password = '',
} = JSON.parse(process.argv[2] ?? '{}')

const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code })
const tell = (message) => process.send?.(message)

const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
  keyType: 'ec',
  curve: 'P-256',
  extensions: [
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
  ],
})

function open() {
  // Takes the call and says nothing, as a firewall or a hung server does.
  if (behaviour === 'silent') return createServer((socket) => socket.on('error', () => undefined))
  return new SMTPServer({
    secure: security === 'tls',
    key: pems.private,
    cert: pems.cert,
    authOptional: user === '',
    allowInsecureAuth: true,
    disabledCommands: [...(security === 'none' ? ['STARTTLS'] : []), ...(user === '' ? ['AUTH'] : [])],
    closeTimeout: 100,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password
        ? done(null, { user })
        : done(refusal(535, 'Authentication failed for person@example.jp')),
    onRcptTo: (_address, _session, done) =>
      behaviour === 'no-such-recipient' ? done(refusal(550, 'No such user person@example.jp')) : done(),
    onData: (stream, session, done) => {
      const parts = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        tell({ type: 'mail', text, secure: session.secure, from: session.envelope.mailFrom.address })
        if (behaviour === 'try-later') return done(refusal(451, 'Try again later'))
        if (behaviour === 'mute-after-text') return undefined
        if (behaviour === 'hang-up-after-text') {
          for (const connection of server.connections) connection._socket.destroy()
          return undefined
        }
        return done(null, 'queued')
      })
    },
  })
}

const server = open()
server.on('error', () => undefined)
const listening = server.listen(0, '127.0.0.1', () => {
  const address = (listening?.address ? listening : (server.server ?? server)).address()
  tell({ type: 'listening', port: address.port, ca: pems.cert })
})
process.on('message', () => tell({ type: 'pong' }))
process.on('disconnect', () => process.exit(0))
