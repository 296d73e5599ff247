package io.atelier.serve;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Tensors as the bytes of the binary tensor data extension: little-endian, row by row, without gaps. */
final class BinaryTensor {
    private BinaryTensor() {}

    /** A tensor's values as FP32. */
    static byte[] bytes(Tensor tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.valueCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.buffer());
        return bytes.array();
    }

    /**
     * The numbers in an input's bytes.
     *
     * @param datatype of the protocol, a number's
     * @throws RequestException 400 if the bytes are not those of the shape, or hold what a 32-bit float does not
     */
    static Tensor numbers(String name, String datatype, Shape shape, ByteBuffer bytes) {
        long count = InferTensor.count(name, shape);
        int size = Datatypes.bytes(datatype);
        if (bytes.remaining() % size != 0 || bytes.remaining() / size != count) {
            throw RequestException.badRequest("input '" + name + "': the shape " + shape + " of type " + datatype
                    + " needs " + count + " values of " + size + " bytes; received " + bytes.remaining() + " bytes");
        }
        Reading reading = reading(datatype);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = reading.next(bytes);
        }
        return Tensor.of(shape, values);
    }

    /** Takes a number off a buffer. */
    private interface Reading {
        float next(ByteBuffer bytes);
    }

    private static Reading reading(String datatype) {
        return switch (datatype) {
            case "FP32" -> ByteBuffer::getFloat;
            case "FP64" -> bytes -> TensorReader.carried(bytes.getDouble());
            case "FP16" -> bytes -> half(bytes.getShort());
            case "INT8" -> ByteBuffer::get;
            case "BOOL", "UINT8" -> bytes -> Byte.toUnsignedInt(bytes.get());
            case "INT16" -> ByteBuffer::getShort;
            case "UINT16" -> bytes -> Short.toUnsignedInt(bytes.getShort());
            case "INT32" -> bytes -> TensorReader.carried(bytes.getInt());
            case "UINT32" -> bytes -> TensorReader.carried(Integer.toUnsignedLong(bytes.getInt()));
            case "INT64" -> bytes -> TensorReader.carried(bytes.getLong());
            case "UINT64" -> bytes -> unsigned(bytes.getLong());
            default -> throw new IllegalArgumentException(datatype);
        };
    }

    private static float unsigned(long value) {
        if (value < 0) {
            throw TensorReader.inexact(Long.toUnsignedString(value));
        }
        return TensorReader.carried(value);
    }

    /** Of a sign, five bits of exponent and ten of the fraction. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Math.scalb((float) (exponent == 0 ? fraction : fraction | 0x400), Math.max(exponent, 1) - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /**
     * The elements of type BYTES, each behind its length.
     *
     * @throws RequestException 400 if a length leads beyond the end
     */
    static List<byte[]> elements(String name, ByteBuffer bytes) {
        List<byte[]> elements = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long length = bytes.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(bytes.getInt());
            if (length < 0 || length > bytes.remaining()) {
                throw RequestException.badRequest("input '" + name + "': expected elements of type BYTES, each of 4"
                        + " bytes that tell its length and as many bytes as these say");
            }
            byte[] element = new byte[(int) length];
            bytes.get(element);
            elements.add(element);
        }
        return elements;
    }
}
