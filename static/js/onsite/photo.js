// A photo as it waits: small enough for the device, turned upright, without its position.
const SIDE = 2000;

export const picture = async (file) => {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({type: "image/jpeg", quality: 0.85});
  } catch {
    // What this browser cannot read is sent as it is; the server judges it.
    return file;
  }
};
