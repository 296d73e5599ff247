package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as bytes, as NumPy's {@code tobytes} writes them on the machines of today. */
class BinaryTensorTest {
    @ParameterizedTest
    @CsvSource({
        "FP32,   0000c03f,         1.5",
        "FP32,   0000c07f,         NaN",
        "FP64,   000000000000f8bf, -1.5",
        "FP16,   003e,             1.5",
        "FP16,   00be,             -1.5",
        "FP16,   ff7b,             65504",
        "FP16,   0100,             5.9604645e-8",
        "FP16,   ff03,             6.097555e-5",
        "FP16,   0000,             0",
        "FP16,   007c,             Infinity",
        "FP16,   00fc,             -Infinity",
        "FP16,   007e,             NaN",
        "BOOL,   01,               1",
        "INT8,   ff,               -1",
        "UINT8,  ff,               255",
        "INT16,  feff,             -2",
        "UINT16, feff,             65534",
        "INT32,  fdffffff,         -3",
        "UINT32, 00000080,         2147483648",
        "INT64,  fcffffffffffffff, -4",
        "UINT64, 0400000000000000, 4",
    })
    void everyTypeIsReadAsNumPyWritesIt(String datatype, String hex, float value) {
        assertThat(numbers(datatype, hex).get(0)).isEqualTo(Float.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource({
        "INT32,  01000001,         the integer 16777217 cannot be carried exactly",
        "INT64,  ffffffffffffff7f, the integer 9223372036854775807 cannot be carried exactly",
        "UINT64, ffffffffffffffff, the integer 18446744073709551615 cannot be carried exactly",
        "FP64,   000000000000f07e, is too large for a 32-bit float",
    })
    void whatAFloatDoesNotHoldIsRefused(String datatype, String hex, String message) {
        assertThatThrownBy(() -> numbers(datatype, hex))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTensorIsWrittenTheLowestByteFirst() {
        assertThat(HexFormat.of().formatHex(BinaryTensor.bytes(Tensor.of(Shape.of(1, 2), 1.5f, -2))))
                .isEqualTo("0000c03f000000c0");
    }

    private static Tensor numbers(String datatype, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        return BinaryTensor.numbers("x", datatype, Shape.of(1), bytes);
    }
}
