/** A body as bytes, with the content type that a browser gives it. */
interface Encoded {
  bytes: Uint8Array<ArrayBuffer>
  type: string
}

/**
 * Encodes what holds files; leaves all else to `Request`. (WebKit does not read files back out of a `Request`: "Unable to
 * read form data blob".)
 */
export async function encoded(init: RequestInit | undefined): Promise<RequestInit | undefined> {
  const body = init?.body
  if (!(body instanceof FormData || body instanceof Blob)) return init
  const { bytes, type } = body instanceof FormData ? await multipart(body) : await whole(body)
  const headers = new Headers(init?.headers)
  if (type && !headers.has('content-type')) headers.set('content-type', type)
  return { ...init, body: bytes, headers }
}

async function whole(blob: Blob): Promise<Encoded> {
  return { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type }
}

/** `multipart/form-data` as the HTML standard encodes it. */
async function multipart(form: FormData): Promise<Encoded> {
  const boundary = `----form-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`
  const parts: BlobPart[] = []
  for (const [name, value] of form) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`
    if (typeof value === 'string') {
      parts.push(`${disposition}\r\n\r\n${value.replace(/\r\n?|\n/g, '\r\n')}\r\n`)
    } else {
      const type = value.type || 'application/octet-stream'
      parts.push(`${disposition}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`)
      parts.push(await value.arrayBuffer(), '\r\n')
    }
  }
  parts.push(`--${boundary}--\r\n`)
  const { bytes } = await whole(new Blob(parts))
  return { bytes, type: `multipart/form-data; boundary=${boundary}` }
}

/** A name between quotes. */
function quoted(name: string): string {
  return name.replace(/\r\n?|\n/g, '%0D%0A').replace(/"/g, '%22')
}
