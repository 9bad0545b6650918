/**
 * The lines of a stream, and at last `rest`: what stands after the last line end, which is empty in
 * a file that was written to its end.
 */
export async function * readLines (stream: AsyncIterable<Buffer>): AsyncGenerator<{ readonly lines: readonly string[], readonly rest: Buffer }> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(0x0a)
    if (end === -1) {
      rest = Buffer.concat([rest, chunk])
      continue
    }
    const text = Buffer.concat([rest, chunk.subarray(0, end)]).toString('utf8')
    // A copy: the part must not keep the whole chunk in memory.
    rest = Buffer.from(chunk.subarray(end + 1))
    yield { lines: text.split('\n'), rest }
  }
  yield { lines: [], rest }
}
