import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies a jar and gives its class files from before Java 6 the stack maps that later ones have, with not a word of
/// their code changed: `java RenewClasses.java OLD.jar NEW.jar`.
///
/// `./fluvial` does this to picocli, whose classes are of Java 5. Those the JVM verifies the slow way in every process
/// and takes into no archive of classes once they are linked.
final class RenewClasses {

    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

    private RenewClasses() {}

    public static void main(String[] args) throws IOException {
        Path old = Path.of(args[0]);
        try (ZipFile from = new ZipFile(old.toFile());
                URLClassLoader loader = loader(old);
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                ZipOutputStream to = new ZipOutputStream(file)) {
            ClassFile classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            for (ZipEntry entry : Collections.list(from.entries())) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    to.write(entry.getName().endsWith(".class") ? renewed(bytes, classes) : bytes);
                }
                to.closeEntry();
            }
        }
    }

    private static URLClassLoader loader(Path jar) throws MalformedURLException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()});
    }

    private static byte[] renewed(byte[] bytes, ClassFile classes) {
        ClassModel model = classes.parse(bytes);
        if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return bytes;
        }
        // A constant pool of its own: with a shared one the methods would be copied as they are, without stack maps.
        return classes.build(model.thisClass(), ConstantPoolBuilder.of(), to -> model.forEach(element -> {
            switch (element) {
                case ClassFileVersion version -> to.withVersion(FIRST_WITH_STACK_MAPS, 0);
                case MethodModel method ->
                    to.transformMethod(method, (code, e) -> {
                        if (e instanceof CodeModel body) {
                            code.transformCode(body, CodeTransform.ACCEPT_ALL);
                        } else {
                            code.with(e);
                        }
                    });
                default -> to.with(element);
            }
        }));
    }
}
