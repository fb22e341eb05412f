// Runs in a browser, which decodes the pictures, and in its tests: it imports nothing.

/**
 * @typedef {{ width: number, height: number, data: ArrayLike<number> }} Pixels as a canvas has them
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 */

/** Letters are drawn a little differently now and then; a change of colour is larger. */
const TOLERATED = 48
/** Red, in a picture that is otherwise pale. */
const MARK = [220, 0, 40, 255]
/** Blue, over what is not compared. */
const MASK = [60, 110, 255, 255]

/**
 * Compares two pictures. Where one is larger, what the other lacks differs. Boxes are left out.
 *
 * @param {Pixels} accepted
 * @param {Pixels} present
 * @param {readonly Box[]} boxes with contents that change by themselves, like times
 */
export function differencesOf(accepted, present, boxes = []) {
  const width = Math.max(accepted.width, present.width)
  const height = Math.max(accepted.height, present.height)
  const marked = new Uint8ClampedArray(width * height * 4)
  const masked = maskOf(boxes, width, height)
  let changed = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x
      const before = indexIn(accepted, x, y)
      const now = indexIn(present, x, y)
      const isChanged = masked[pixel] === 0 && !isAlike(accepted, before, present, now)
      if (isChanged) changed += 1
      marked.set(isChanged ? MARK : paleOf(present, now, masked[pixel] === 1), pixel * 4)
    }
  }
  return { changed, share: changed / (width * height), width, height, marked }
}

/**
 * @param {readonly Box[]} boxes
 * @param {number} width
 * @param {number} height
 */
function maskOf(boxes, width, height) {
  const masked = new Uint8Array(width * height)
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x))
    const right = Math.min(width, Math.ceil(box.x + box.width))
    const bottom = Math.min(height, Math.ceil(box.y + box.height))
    for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += 1) {
      masked.fill(1, y * width + left, y * width + Math.max(left, right))
    }
  }
  return masked
}

/**
 * The place of a pixel in the data, or −1 outside the picture.
 *
 * @param {Pixels} pixels
 * @param {number} x
 * @param {number} y
 */
const indexIn = ({ width, height }, x, y) => (x < width && y < height ? (y * width + x) * 4 : -1)

/**
 * @param {Pixels} one
 * @param {number} at
 * @param {Pixels} other
 * @param {number} there
 */
function isAlike(one, at, other, there) {
  if (at < 0 || there < 0) return false
  return [0, 1, 2].every(
    (channel) =>
      Math.abs((one.data[at + channel] ?? 0) - (other.data[there + channel] ?? 0)) <= TOLERATED,
  )
}

/**
 * A pixel of the picture that marks the differences: grey and pale.
 *
 * @param {Pixels} pixels
 * @param {number} at
 * @param {boolean} isMasked
 */
function paleOf({ data }, at, isMasked) {
  if (at < 0) return [255, 255, 255, 255]
  const grey = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3
  const pale = 180 + grey * 0.29
  return isMasked
    ? MASK.map((channel, index) => (index === 3 ? 255 : (channel + 3 * pale) / 4))
    : [pale, pale, pale, 255]
}
