import { runInspect } from './inspect'

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) return ''
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const { lines, exitCode } = await runInspect(process.argv.slice(2), readStdin)
const out = exitCode === 2 && !lines[0]?.startsWith('{') ? process.stderr : process.stdout
out.write(`${lines.join('\n')}\n`)
process.exitCode = exitCode
