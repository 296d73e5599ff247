package io.atelier.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a whole HDF5 file from its first byte to its last: the superblock, the texts of the attributes, the headers of
 * all groups and arrays, then the values.
 *
 * <p>What every HDF5 library since 1.8 reads: superblock version 0, groups whose links stand in their header, arrays in
 * one piece.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">The file format</a>
 */
public final class Hdf5File {
    private static final int SUPERBLOCK_BYTES = 96;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Attribute.Text, byte[]> texts = new IdentityHashMap<>();
    /** Of the header of each node. */
    private final Map<Node, Long> addresses = new IdentityHashMap<>();
    /** Of the values of each array. */
    private final Map<Node, Long> values = new IdentityHashMap<>();

    private Hdf5File() {}

    /**
     * Writes a file; the stream is not closed.
     *
     * @param root the group that all others are in
     * @throws IllegalArgumentException if a group has more than 65,000 members
     */
    public static void write(Hdf5Group root, OutputStream out) throws IOException {
        new Hdf5File().writeAll(root, out);
    }

    private void writeAll(Hdf5Group root, OutputStream out) throws IOException {
        GlobalHeap heap = new GlobalHeap(SUPERBLOCK_BYTES);
        collect(root, heap);
        byte[] texts = heap.toArray();
        long end = SUPERBLOCK_BYTES + texts.length;
        for (Node node : nodes) {
            addresses.put(node, end);
            // Its size does not depend on the addresses in it.
            end += header(node).length;
        }
        for (Node node : nodes) {
            if (node instanceof Hdf5Dataset dataset) {
                values.put(node, end);
                end += dataset.byteCount();
            }
        }
        out.write(superblock(address(addresses, root), end));
        out.write(texts);
        for (Node node : nodes) {
            out.write(header(node));
        }
        for (Node node : nodes) {
            if (node instanceof Hdf5Dataset dataset) {
                dataset.writeTo(out);
            }
        }
    }

    private void collect(Hdf5Group group, GlobalHeap heap) {
        nodes.add(group);
        for (Attribute attribute : group.attributes().values()) {
            if (attribute instanceof Attribute.Text text) {
                texts.put(text, heap.add(text.text()));
            }
        }
        for (Node child : group.children().values()) {
            if (child instanceof Hdf5Group inner) {
                collect(inner, heap);
            } else {
                nodes.add(child);
            }
        }
    }

    private byte[] header(Node node) {
        if (node instanceof Hdf5Dataset dataset) {
            return ObjectHeader.ofDataset(dataset, address(values, node)).toArray();
        }
        Hdf5Group group = (Hdf5Group) node;
        ObjectHeader header = ObjectHeader.ofGroup();
        group.attributes().forEach((name, attribute) -> {
            if (attribute instanceof Attribute.Text text) {
                header.attribute(name, texts.getOrDefault(text, new byte[0]));
            } else if (attribute instanceof Attribute.Texts list) {
                header.attribute(name, list.texts());
            }
        });
        group.children().forEach((name, child) -> header.link(name, address(addresses, child)));
        return header.toArray();
    }

    private static long address(Map<Node, Long> map, Node node) {
        return map.getOrDefault(node, Bytes.UNDEFINED);
    }

    private static byte[] superblock(long root, long end) {
        return new Bytes()
                .bytes(0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n')
                // Versions of superblock, free space, root entry and shared headers; sizes of addresses and lengths.
                .bytes(0, 0, 0, 0, 0, 8, 8, 0)
                // How full the trees of old groups are, which there are none of.
                .u2(4)
                .u2(16)
                .u4(0)
                .u8(0)
                .u8(Bytes.UNDEFINED)
                .u8(end)
                .u8(Bytes.UNDEFINED)
                // The root's entry: no name, and nothing of it cached.
                .u8(0)
                .u8(root)
                .u4(0)
                .u4(0)
                .array(new byte[16])
                .toArray();
    }
}
