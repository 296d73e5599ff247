package io.atelier.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands at the address of a group or an array: messages, one for each thing there is to say of it.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#ObjectHeader">Version 1 of object
 *     headers</a>
 */
final class ObjectHeader {
    private static final int DATASPACE = 1;
    private static final int LINK_INFO = 2;
    private static final int DATATYPE = 3;
    private static final int FILL_VALUE = 5;
    private static final int LINK = 6;
    private static final int LAYOUT = 8;
    private static final int GROUP_INFO = 10;
    private static final int ATTRIBUTE = 12;
    private static final int MOST_MESSAGES = 0xffff;

    private final Bytes messages = new Bytes();
    private int count;

    /** Of a group, whose links follow. */
    static ObjectHeader ofGroup() {
        return new ObjectHeader()
                .message(LINK_INFO, new Bytes().bytes(0, 0).u8(Bytes.UNDEFINED).u8(Bytes.UNDEFINED))
                .message(GROUP_INFO, new Bytes().bytes(0, 0));
    }

    /** Of an array whose values stand in one piece at an address. */
    static ObjectHeader ofDataset(Hdf5Dataset dataset, long address) {
        return new ObjectHeader()
                .message(DATASPACE, dataspace(dataset.sizes()))
                .message(DATATYPE, new Bytes().array(dataset.type().description()))
                // Allocated late, written only if there is one, and there is none.
                .message(FILL_VALUE, new Bytes().bytes(2, 2, 2, 0))
                .message(LAYOUT, new Bytes().bytes(3, 1).u8(address).u8(dataset.byteCount()));
    }

    ObjectHeader link(String name, long address) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        // With the name's length in 2 bytes, and its character set, UTF-8.
        return message(
                LINK,
                new Bytes().bytes(1, 0x11, 1).u2(bytes.length).array(bytes).u8(address));
    }

    /** @param place what {@link GlobalHeap#add} gave */
    ObjectHeader attribute(String name, byte[] place) {
        return attribute(name, Datatype.TEXT, new int[0], place);
    }

    ObjectHeader attribute(String name, List<String> texts) {
        int length = texts.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(1);
        Bytes values = new Bytes();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            values.array(bytes).array(new byte[Math.max(length, 1) - bytes.length]);
        }
        return attribute(name, Datatype.text(Math.max(length, 1)), new int[] {texts.size()}, values.toArray());
    }

    private ObjectHeader attribute(String name, Datatype type, int[] sizes, byte[] values) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] space = dataspace(sizes).toArray();
        Bytes attribute = new Bytes()
                .bytes(1, 0)
                .u2(nameBytes.length + 1)
                .u2(type.description().length)
                .u2(space.length);
        attribute.array(nameBytes).bytes(0).pad();
        attribute.array(type.description()).pad();
        return message(ATTRIBUTE, attribute.array(space).pad().array(values));
    }

    private static Bytes dataspace(int[] sizes) {
        Bytes space = new Bytes().bytes(1, sizes.length, 0, 0).u4(0);
        for (int size : sizes) {
            space.u8(size);
        }
        return space;
    }

    private ObjectHeader message(int type, Bytes content) {
        content.pad();
        messages.u2(type).u2(content.size()).u4(0).array(content.toArray());
        count++;
        return this;
    }

    /** @throws IllegalArgumentException if there are more links than a group can have here */
    byte[] toArray() {
        if (count > MOST_MESSAGES) {
            throw new IllegalArgumentException("a group can have at most " + MOST_MESSAGES + " things in it");
        }
        return new Bytes()
                .bytes(1, 0)
                .u2(count)
                .u4(1)
                .u4(messages.size())
                .u4(0)
                .array(messages.toArray())
                .toArray();
    }
}
