"""Layers that do something in training only."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 4, 3))
def noise(k: ModuleType) -> Any:
    """Each layer that adds noise in training, and Identity, with their options."""
    return branches(
        k,
        (4, 3),
        k.layers.SpatialDropout1D(0.5, name="spatial_dropout1d"),
        k.layers.GaussianNoise(0.5, name="gaussian_noise"),
        k.layers.GaussianDropout(0.5, name="gaussian_dropout"),
        k.layers.AlphaDropout(0.5, seed=3, name="alpha_dropout"),
        k.layers.AlphaDropout(0.5, noise_shape=(2, 1, 3), name="alpha_dropout_shape"),
        k.layers.Dropout(0.5, noise_shape=(None, 1, 3), name="dropout_shape"),
        k.layers.ActivityRegularization(l1=0.1, l2=0.2, name="activity_regularization"),
        k.layers.Identity(name="identity"),
    )


@case((2, 4, 3, 2), no_keras2=REDUNDANT)
def noise_between(k: ModuleType) -> Any:
    """SpatialDropout2D and others between layers that compute."""
    return chain(
        k,
        (4, 3, 2),
        k.layers.GaussianNoise(0.1, name="at_the_input"),
        k.layers.Conv2D(3, 2, name="conv2d"),
        k.layers.SpatialDropout2D(0.5, name="spatial_dropout2d"),
        k.layers.AlphaDropout(0.1, name="alpha_dropout"),
        k.layers.Dense(2, name="dense"),
        k.layers.ActivityRegularization(l2=0.1, name="activity_regularization"),
    )


@case((2, 2, 3, 2, 2), no_keras2=REDUNDANT)
def spatial_dropout3d(k: ModuleType) -> Any:
    """SpatialDropout3D, in both data formats."""
    layer = k.layers.SpatialDropout3D
    return branches(
        k,
        (2, 3, 2, 2),
        layer(0.5, name="last"),
        layer(0.5, data_format="channels_first", name="first"),
    )


def pictures(random: Any) -> Any:
    return random.uniform(0, 255, (2, 6, 5, 3))


@case(pictures, no_h5="Keras 3 cannot load all of them from a .h5.")
def augmentation(k: ModuleType) -> Any:
    """What changes pictures at random in training, in Keras 2 too: nothing in inference."""
    layers = k.layers
    return branches(
        k,
        (6, 5, 3),
        layers.RandomFlip("horizontal", name="flip"),
        layers.RandomRotation(0.2, fill_mode="nearest", name="rotation"),
        layers.RandomZoom(0.3, seed=1, name="zoom"),
        layers.RandomTranslation(0.1, 0.2, name="translation"),
        layers.RandomContrast(0.4, name="contrast"),
        layers.RandomBrightness(0.2, name="brightness"),
    )


@case(pictures, no_h5="Keras 3 cannot load all of them from a .h5.", no_keras2="Not in Keras 2.")
def augmentation_of_keras3(k: ModuleType) -> Any:
    """The same for those that came with Keras 3."""
    layers = k.layers
    return branches(
        k,
        (6, 5, 3),
        layers.RandomHue(0.3, name="hue"),
        layers.RandomSaturation(0.3, name="saturation"),
        layers.RandomGrayscale(0.5, name="grayscale"),
        layers.RandomColorDegeneration(0.5, name="color_degeneration"),
        layers.RandomErasing(0.5, name="erasing"),
        layers.RandomPerspective(0.5, name="perspective"),
        layers.RandomPosterization(4, name="posterization"),
        layers.RandomSharpness(0.5, name="sharpness"),
        layers.RandomInvert(0.5, name="invert"),
        layers.RandomGaussianBlur(0.5, name="gaussian_blur"),
        layers.RandomColorJitter(saturation_factor=0.3, name="color_jitter"),
        layers.RandomElasticTransform(name="elastic_transform"),
        layers.AugMix(name="aug_mix"),
        layers.CutMix(name="cut_mix"),
        layers.MixUp(name="mix_up"),
        layers.RandAugment(name="rand_augment"),
        layers.Solarization(name="solarization"),
    )
