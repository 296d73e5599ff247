"""Writes the images beside this script: small pictures, and what Pillow makes of them. Needs numpy and Pillow."""
import os

import numpy as np
from PIL import Image, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = (28, 28)
BILINEAR = Image.Resampling.BILINEAR
random = np.random.default_rng(20)


def save(image, name, **options):
    image.save(os.path.join(HERE, name), **options)


def picture(width, height, border):
    """Noise over a gradient within a frame of one colour."""
    x = np.linspace(0, 120, width)[None, :, None]
    y = np.linspace(0, 90, height)[:, None, None]
    values = x + y + random.integers(0, 46, (height, width, 3))
    values[0, :] = values[-1, :] = values[:, 0] = values[:, -1] = border
    return Image.fromarray(values.astype(np.uint8))


wide = picture(61, 34, (250, 240, 230))
tall = picture(9, 70, (10, 20, 30))
tiny = picture(5, 3, (0, 0, 0))
for name, image in {"wide": wide, "tall": tall, "tiny": tiny}.items():
    grey = image.convert("L")
    background = Image.new("RGB", (1, 1), image.getpixel((0, 0))).convert("L").getpixel((0, 0))
    save(image, f"{name}.png")
    save(grey, f"{name}-grey.png")
    save(grey.resize(SIZE, BILINEAR), f"{name}-stretch.png")
    save(ImageOps.fit(grey, SIZE, BILINEAR), f"{name}-crop.png")
    save(ImageOps.pad(grey, SIZE, BILINEAR, color=background), f"{name}-letterbox.png")
    save(image.resize(SIZE, BILINEAR), f"{name}-stretch-colour.png")

alpha = Image.fromarray(random.integers(0, 256, (28, 28, 4)).astype(np.uint8))
for name, colour in {"white": (255, 255, 255, 255), "teal": (0, 128, 128, 255)}.items():
    ground = Image.new("RGBA", SIZE, colour)
    save(Image.alpha_composite(ground, alpha).convert("RGB"), f"alpha-on-{name}.png")
save(alpha, "alpha.png")
save(Image.fromarray(random.integers(0, 256, (28, 28, 2)).astype(np.uint8), "LA"), "alpha-grey.png")

save(Image.fromarray(random.integers(0, 65536, (28, 28)).astype(np.uint16)), "grey-16-bit.png")
save(wide.convert("L").resize(SIZE).convert("1"), "black-white.png")
save(wide.quantize(16), "wide-palette.png")
save(wide.quantize(16), "wide.gif")
save(wide, "wide.bmp")

# Blocks of one colour each survive JPEG, whoever decodes it.
blocks = np.array([[0, 100, 200], [50, 150, 250]], np.uint8).repeat(16, 0).repeat(16, 1)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(blocks)
    save(stored, f"orientation-{orientation}.jpg", exif=exif, quality=95)
    save(ImageOps.exif_transpose(Image.open(os.path.join(HERE, f"orientation-{orientation}.jpg"))),
         f"orientation-{orientation}.png")
save(wide, "wide.jpg", quality=95)
save(wide.convert("CMYK"), "cmyk.jpg")
