"""The options of layers as Keras 1.2.2 would have saved them."""

from typing import Any

CLASSES = {
    "Conv1D": "Convolution1D",
    "Conv2D": "Convolution2D",
    "Conv3D": "Convolution3D",
    "SeparableConv2D": "SeparableConvolution2D",
    "Functional": "Model",
}
MERGES = {
    "Add": "sum",
    "Multiply": "mul",
    "Average": "ave",
    "Maximum": "max",
    "Concatenate": "concat",
    "Dot": "dot",
}
CLASSES |= dict.fromkeys(MERGES, "Merge")
SIZES = {
    "Conv1D": ["filter_length"],
    "Conv2D": ["nb_row", "nb_col"],
    "SeparableConv2D": ["nb_row", "nb_col"],
    "Conv3D": ["kernel_dim1", "kernel_dim2", "kernel_dim3"],
}
PARTS = ("depthwise", "pointwise")


def layer_entry(layer: Any) -> dict[str, Any]:
    name, config = type(layer).__name__, layer.get_config()
    is_atrous = name in ("Conv1D", "Conv2D") and max(config["dilation_rate"]) > 1
    name_then = CLASSES.get(name, name)
    return {
        "class_name": f"Atrous{name_then}" if is_atrous else name_then,
        "config": {"name": layer.name, "trainable": True, **layer_config(name, config)},
    }


def layer_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "InputLayer":
            shape = {"batch_input_shape": config["batch_shape"]}
            return {**shape, "input_dtype": "float32", "sparse": False}
        case "Dense":
            return {"output_dim": config["units"], "input_dim": None, **trained(config)}
        case "Conv1D" | "Conv2D" | "Conv3D" | "SeparableConv2D":
            return convolution(name, config)
        case "MaxPooling2D" | "AveragePooling2D":
            size = {"pool_size": config["pool_size"], "strides": config["strides"]}
            return {**size, **windowed(config)}
        case "MaxPooling1D" | "AveragePooling1D":
            size = {"pool_length": config["pool_size"][0], "stride": config["strides"][0]}
            return {**size, "border_mode": config["padding"]}
        case "GlobalAveragePooling2D":
            return {"dim_ordering": dim_ordering(config)}
    return other_config(name, config)


def other_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case name if name in MERGES:
            return merge_config(MERGES[name], config)
        case "BatchNormalization":
            kept = {key: config[key] for key in ("axis", "epsilon", "momentum")}
            return {"mode": 0, "gamma_regularizer": None, "beta_regularizer": None, **kept}
        case "Activation":
            return {"activation": config["activation"]}
        case "Dropout":
            return {"p": config["rate"]}
        case "Flatten":
            return {}
    return simple_config(name, config)


def simple_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "UpSampling1D":
            return {"length": config["size"]}
        case "UpSampling2D":
            return {"size": config["size"]}
        case "ZeroPadding2D":
            return {"padding": config["padding"]}
        case "Cropping2D":
            return {"cropping": config["cropping"]}
        case "Reshape":
            return {"target_shape": config["target_shape"]}
        case "PReLU":
            return {"init": "zero"}
        case "GaussianNoise":
            return {"sigma": config["stddev"]}
        case "Embedding":
            size = {"input_dim": config["input_dim"], "output_dim": config["output_dim"]}
            rest = {"input_length": 5, "mask_zero": config["mask_zero"], "dropout": 0.0}
            penalties = {"W_regularizer": None, "activity_regularizer": None, "W_constraint": None}
            return {**size, "init": "uniform", **rest, **penalties}
    return sequence_config(name, config)


def merge_config(mode: str, config: dict[str, Any]) -> dict[str, Any]:
    return {
        "mode": mode,
        "mode_type": "raw",
        "concat_axis": config.get("axis", -1),
        "dot_axes": config.get("axes", -1),
        "output_shape": None,
        "output_shape_type": "raw",
        "output_mask": None,
        "output_mask_type": "raw",
        "arguments": {},
    }


def convolution(name: str, config: dict[str, Any]) -> dict[str, Any]:
    size = {
        "nb_filter": config["filters"],
        **dict(zip(SIZES[name], config["kernel_size"], strict=True)),
    }
    window = {"subsample": config["strides"], **windowed(config)}
    if name == "Conv1D":
        window = {"subsample_length": config["strides"][0], "border_mode": config["padding"]}
        window |= {"input_dim": None, "input_length": None}
    elif name == "SeparableConv2D":
        window["depth_multiplier"] = config["depth_multiplier"]
    if max(config["dilation_rate"]) > 1:
        rate = config["dilation_rate"]
        window["atrous_rate"] = rate[0] if name == "Conv1D" else rate
    rest = trained(config)
    if name == "SeparableConv2D":
        rest = {key: value for key, value in rest.items() if not key.startswith("W_")}
        rest |= {f"{part}_{kind}": None for part in PARTS for kind in ("regularizer", "constraint")}
    return {**size, **window, **rest}


def sequence_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "LSTM" | "GRU" | "SimpleRNN":
            return recurrent_config(name, config)
        case "Bidirectional":
            inner = wrapped(config)
            inner["config"]["name"] = inner["config"]["name"].removeprefix("forward_")
            return {"layer": inner, "merge_mode": config["merge_mode"]}
        case "TimeDistributed":
            return {"layer": wrapped(config)}
    raise ValueError(f"Keras 1 has no {name}.")


def wrapped(config: dict[str, Any]) -> dict[str, Any]:
    name, inner = config["layer"]["class_name"], config["layer"]["config"]
    kept = {"name": inner["name"], "trainable": True}
    return {"class_name": name, "config": {**kept, **layer_config(name, inner)}}


def recurrent_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    result = {
        "output_dim": config["units"],
        "init": "glorot_uniform",
        "inner_init": "orthogonal",
        "activation": config["activation"],
        "return_sequences": config["return_sequences"],
        "go_backwards": config["go_backwards"],
        "stateful": False,
        "unroll": False,
        "consume_less": "cpu",
        "input_dim": None,
        "input_length": None,
        "W_regularizer": None,
        "U_regularizer": None,
        "b_regularizer": None,
        "dropout_W": 0.0,
        "dropout_U": 0.0,
    }
    if name != "SimpleRNN":
        result["inner_activation"] = config["recurrent_activation"]
    if name == "LSTM":
        result["forget_bias_init"] = "one"
    return result


def trained(config: dict[str, Any]) -> dict[str, Any]:
    penalty = {"name": "L1L2Regularizer", "l1": 0.0, "l2": 0.01}
    return {
        "init": "glorot_uniform",
        "activation": config["activation"],
        "W_regularizer": penalty if config.get("kernel_regularizer") else None,
        "b_regularizer": None,
        "activity_regularizer": None,
        "W_constraint": None,
        "b_constraint": None,
        "bias": config["use_bias"],
    }


def windowed(config: dict[str, Any]) -> dict[str, Any]:
    return {"border_mode": config["padding"], "dim_ordering": dim_ordering(config)}


def dim_ordering(config: dict[str, Any]) -> str:
    return "th" if config["data_format"] == "channels_first" else "tf"
