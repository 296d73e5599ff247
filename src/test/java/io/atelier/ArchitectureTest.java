package io.atelier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of docs/architecture.md: which may know which, and who alone sees a library. */
@AnalyzeClasses(packages = "io.atelier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsKnowOnlyTheRoomsBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.atelier..")
            .layer("layers")
            .definedBy("io.atelier.keras.layer")
            .layer("keras")
            .definedBy("io.atelier.keras")
            .layer("io")
            .definedBy("io.atelier.keras.io")
            .layer("engine")
            .definedBy("io.atelier.engine")
            .layer("dl4j")
            .definedBy("io.atelier.dl4j..")
            .layer("onnx")
            .definedBy("io.atelier.onnx..")
            .layer("conformance")
            .definedBy("io.atelier.conformance")
            .layer("classify")
            .definedBy("io.atelier.classify")
            .layer("data")
            .definedBy("io.atelier.data")
            .layer("evaluate")
            .definedBy("io.atelier.evaluate")
            .layer("train")
            .definedBy("io.atelier.train")
            .layer("tune")
            .definedBy("io.atelier.tune")
            .layer("plot")
            .definedBy("io.atelier.plot")
            .layer("models")
            .definedBy("io.atelier.serve.models")
            .layer("serve")
            .definedBy("io.atelier.serve")
            .layer("cli")
            .definedBy("io.atelier.cli")
            .layer("hdf5")
            .definedBy("io.atelier.hdf5")
            .layer("files")
            .definedBy("io.atelier.files")
            .whereLayer("hdf5")
            .mayNotAccessAnyLayer()
            .whereLayer("files")
            .mayNotAccessAnyLayer()
            .whereLayer("layers")
            .mayNotAccessAnyLayer()
            .whereLayer("keras")
            .mayOnlyAccessLayers("layers")
            .whereLayer("io")
            .mayOnlyAccessLayers("files", "hdf5", "keras", "layers")
            .whereLayer("engine")
            .mayOnlyAccessLayers("keras", "layers")
            .whereLayer("dl4j")
            .mayOnlyAccessLayers("engine", "keras", "layers")
            .whereLayer("onnx")
            .mayOnlyAccessLayers("engine", "files", "keras", "layers")
            .whereLayer("conformance")
            .mayOnlyAccessLayers("engine", "keras", "layers")
            .whereLayer("classify")
            .mayOnlyAccessLayers("engine", "io", "keras", "layers")
            .whereLayer("train")
            .mayOnlyAccessLayers("dl4j", "keras", "layers")
            .whereLayer("tune")
            .mayOnlyAccessLayers("train", "evaluate", "classify", "data", "engine", "keras", "layers")
            .whereLayer("plot")
            .mayOnlyAccessLayers("keras", "layers")
            .whereLayer("models")
            .mayOnlyAccessLayers("classify", "conformance", "engine", "io", "keras", "layers")
            .whereLayer("serve")
            .mayOnlyAccessLayers("models", "classify", "conformance", "engine", "plot", "keras", "layers")
            .whereLayer("data")
            .mayNotAccessAnyLayer()
            .whereLayer("evaluate")
            .mayOnlyAccessLayers("classify", "data", "files", "keras", "layers")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.atelier.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyDl4jSeesDeeplearning4j = noClasses()
            .that()
            .resideOutsideOfPackage("io.atelier.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule onlyTheReaderSeesHdf5 = noClasses()
            .that()
            .resideOutsideOfPackage("io.atelier.keras.io")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jhdf..");

    @ArchTest
    static final ArchRule onlyTheCommandLineSeesPicocli = noClasses()
            .that()
            .resideOutsideOfPackage("io.atelier.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheServerSeesJavalin = noClasses()
            .that()
            .resideOutsideOfPackage("io.atelier.serve")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "io.micrometer..", "kotlin..");

    @ArchTest
    static final ArchRule everyExceptionIsUnchecked =
            classes().that().areAssignableTo(Exception.class).should().beAssignableTo(RuntimeException.class);
}
