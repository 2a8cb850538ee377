// Generated from proto by protobufjs-cli 2.7.1: npm run gen.
import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace google. */
export namespace google {

    /** Namespace protobuf. */
    namespace protobuf {

        /**
         * Properties of an Any.
         * @deprecated Use google.protobuf.Any.$Properties instead.
         */
        interface IAny extends google.protobuf.Any.$Properties {
        }

        /** Represents an Any. */
        class Any {

            /**
             * Constructs a new Any.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Any.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Any type_url. */
            type_url: string;

            /** Any value. */
            value: Uint8Array;

            /**
             * Encodes the specified Any message. Does not implicitly {@link google.protobuf.Any.verify|verify} messages.
             * @param message Any message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Any message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Any & google.protobuf.Any.$Shape} Any
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Any & google.protobuf.Any.$Shape;
        }

        namespace Any {

            /** Properties of an Any. */
            interface $Properties {

                /** Any type_url */
                type_url?: (string|null);

                /** Any value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Any. */
            type $Shape = google.protobuf.Any.$Properties;
        }
    }

    /** Namespace rpc. */
    namespace rpc {

        /**
         * Properties of an ErrorInfo.
         * @deprecated Use google.rpc.ErrorInfo.$Properties instead.
         */
        interface IErrorInfo extends google.rpc.ErrorInfo.$Properties {
        }

        /** Represents an ErrorInfo. */
        class ErrorInfo {

            /**
             * Constructs a new ErrorInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.ErrorInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorInfo reason. */
            reason: string;

            /** ErrorInfo domain. */
            domain: string;

            /** ErrorInfo metadata. */
            metadata: { [k: string]: string };

            /**
             * Encodes the specified ErrorInfo message. Does not implicitly {@link google.rpc.ErrorInfo.verify|verify} messages.
             * @param message ErrorInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.ErrorInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.ErrorInfo & google.rpc.ErrorInfo.$Shape} ErrorInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.ErrorInfo & google.rpc.ErrorInfo.$Shape;
        }

        namespace ErrorInfo {

            /** Properties of an ErrorInfo. */
            interface $Properties {

                /** ErrorInfo reason */
                reason?: (string|null);

                /** ErrorInfo domain */
                domain?: (string|null);

                /** ErrorInfo metadata */
                metadata?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorInfo. */
            type $Shape = google.rpc.ErrorInfo.$Properties;
        }

        /**
         * Properties of a BadRequest.
         * @deprecated Use google.rpc.BadRequest.$Properties instead.
         */
        interface IBadRequest extends google.rpc.BadRequest.$Properties {
        }

        /** Represents a BadRequest. */
        class BadRequest {

            /**
             * Constructs a new BadRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.BadRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BadRequest fieldViolations. */
            fieldViolations: google.rpc.BadRequest.FieldViolation.$Properties[];

            /**
             * Encodes the specified BadRequest message. Does not implicitly {@link google.rpc.BadRequest.verify|verify} messages.
             * @param message BadRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.BadRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BadRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.BadRequest & google.rpc.BadRequest.$Shape} BadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.BadRequest & google.rpc.BadRequest.$Shape;
        }

        namespace BadRequest {

            /** Properties of a BadRequest. */
            interface $Properties {

                /** BadRequest fieldViolations */
                fieldViolations?: (google.rpc.BadRequest.FieldViolation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BadRequest. */
            type $Shape = google.rpc.BadRequest.$Properties;

            /**
             * Properties of a FieldViolation.
             * @deprecated Use google.rpc.BadRequest.FieldViolation.$Properties instead.
             */
            interface IFieldViolation extends google.rpc.BadRequest.FieldViolation.$Properties {
            }

            /** Represents a FieldViolation. */
            class FieldViolation {

                /**
                 * Constructs a new FieldViolation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: google.rpc.BadRequest.FieldViolation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FieldViolation field. */
                field: string;

                /** FieldViolation description. */
                description: string;

                /**
                 * Encodes the specified FieldViolation message. Does not implicitly {@link google.rpc.BadRequest.FieldViolation.verify|verify} messages.
                 * @param message FieldViolation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: google.rpc.BadRequest.FieldViolation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FieldViolation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {google.rpc.BadRequest.FieldViolation & google.rpc.BadRequest.FieldViolation.$Shape} FieldViolation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.BadRequest.FieldViolation & google.rpc.BadRequest.FieldViolation.$Shape;
            }

            namespace FieldViolation {

                /** Properties of a FieldViolation. */
                interface $Properties {

                    /** FieldViolation field */
                    field?: (string|null);

                    /** FieldViolation description */
                    description?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FieldViolation. */
                type $Shape = google.rpc.BadRequest.FieldViolation.$Properties;
            }
        }

        /**
         * Properties of a PreconditionFailure.
         * @deprecated Use google.rpc.PreconditionFailure.$Properties instead.
         */
        interface IPreconditionFailure extends google.rpc.PreconditionFailure.$Properties {
        }

        /** Represents a PreconditionFailure. */
        class PreconditionFailure {

            /**
             * Constructs a new PreconditionFailure.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.PreconditionFailure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreconditionFailure violations. */
            violations: google.rpc.PreconditionFailure.Violation.$Properties[];

            /**
             * Encodes the specified PreconditionFailure message. Does not implicitly {@link google.rpc.PreconditionFailure.verify|verify} messages.
             * @param message PreconditionFailure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.PreconditionFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreconditionFailure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.PreconditionFailure & google.rpc.PreconditionFailure.$Shape} PreconditionFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.PreconditionFailure & google.rpc.PreconditionFailure.$Shape;
        }

        namespace PreconditionFailure {

            /** Properties of a PreconditionFailure. */
            interface $Properties {

                /** PreconditionFailure violations */
                violations?: (google.rpc.PreconditionFailure.Violation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreconditionFailure. */
            type $Shape = google.rpc.PreconditionFailure.$Properties;

            /**
             * Properties of a Violation.
             * @deprecated Use google.rpc.PreconditionFailure.Violation.$Properties instead.
             */
            interface IViolation extends google.rpc.PreconditionFailure.Violation.$Properties {
            }

            /** Represents a Violation. */
            class Violation {

                /**
                 * Constructs a new Violation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: google.rpc.PreconditionFailure.Violation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Violation type. */
                type: string;

                /** Violation subject. */
                subject: string;

                /** Violation description. */
                description: string;

                /**
                 * Encodes the specified Violation message. Does not implicitly {@link google.rpc.PreconditionFailure.Violation.verify|verify} messages.
                 * @param message Violation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: google.rpc.PreconditionFailure.Violation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Violation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {google.rpc.PreconditionFailure.Violation & google.rpc.PreconditionFailure.Violation.$Shape} Violation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.PreconditionFailure.Violation & google.rpc.PreconditionFailure.Violation.$Shape;
            }

            namespace Violation {

                /** Properties of a Violation. */
                interface $Properties {

                    /** Violation type */
                    type?: (string|null);

                    /** Violation subject */
                    subject?: (string|null);

                    /** Violation description */
                    description?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Violation. */
                type $Shape = google.rpc.PreconditionFailure.Violation.$Properties;
            }
        }

        /**
         * Properties of a Status.
         * @deprecated Use google.rpc.Status.$Properties instead.
         */
        interface IStatus extends google.rpc.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status code. */
            code: number;

            /** Status message. */
            message: string;

            /** Status details. */
            details: google.protobuf.Any.$Properties[];

            /**
             * Encodes the specified Status message. Does not implicitly {@link google.rpc.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.Status & google.rpc.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.Status & google.rpc.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status code */
                code?: (number|null);

                /** Status message */
                message?: (string|null);

                /** Status details */
                details?: (google.protobuf.Any.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = google.rpc.Status.$Properties;
        }
    }
}

/** Namespace pwru. */
export namespace pwru {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Event.
         * @deprecated Use pwru.v1.Event.$Properties instead.
         */
        interface IEvent extends pwru.v1.Event.$Properties {
        }

        /** Represents an Event. */
        class Event {

            /**
             * Constructs a new Event.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Event.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Event bootTimeNs. */
            bootTimeNs: Long;

            /** Event skbAddress. */
            skbAddress: Long;

            /** Event packetId. */
            packetId: Long;

            /** Event functionId. */
            functionId: number;

            /** Event cpu. */
            cpu: number;

            /** Event netnsInode. */
            netnsInode: number;

            /** Event interfaceId. */
            interfaceId: number;

            /** Event processId. */
            processId: number;

            /** Event mark. */
            mark: number;

            /** Event lengthBytes. */
            lengthBytes: number;

            /** Event mtuBytes. */
            mtuBytes: number;

            /** Event etherType. */
            etherType: number;

            /** Event ipVersion. */
            ipVersion: number;

            /** Event sourceAddress. */
            sourceAddress: Uint8Array;

            /** Event destinationAddress. */
            destinationAddress: Uint8Array;

            /** Event ipProtocol. */
            ipProtocol: number;

            /** Event sourcePort. */
            sourcePort: number;

            /** Event destinationPort. */
            destinationPort: number;

            /** Event tcpFlags. */
            tcpFlags: number;

            /** Event icmpTypeCode. */
            icmpTypeCode: number;

            /** Event vlanTci. */
            vlanTci: number;

            /** Event hasVlan. */
            hasVlan: boolean;

            /** Event dropReasonId. */
            dropReasonId: number;

            /** Event dropLocationId. */
            dropLocationId: number;

            /** Event stackLocationIds. */
            stackLocationIds: number[];

            /** Event repeatsPacket. */
            repeatsPacket: boolean;

            /** Event details. */
            details?: (pwru.v1.PacketDetails.$Properties|null);

            /** Event kind. */
            kind: pwru.v1.EventKind;

            /** Event endsBuffer. */
            endsBuffer: boolean;

            /**
             * Encodes the specified Event message. Does not implicitly {@link pwru.v1.Event.verify|verify} messages.
             * @param message Event message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Event.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Event & pwru.v1.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Event & pwru.v1.Event.$Shape;
        }

        namespace Event {

            /** Properties of an Event. */
            interface $Properties {

                /** Event bootTimeNs */
                bootTimeNs?: (Long|null);

                /** Event skbAddress */
                skbAddress?: (Long|null);

                /** Event packetId */
                packetId?: (Long|null);

                /** Event functionId */
                functionId?: (number|null);

                /** Event cpu */
                cpu?: (number|null);

                /** Event netnsInode */
                netnsInode?: (number|null);

                /** Event interfaceId */
                interfaceId?: (number|null);

                /** Event processId */
                processId?: (number|null);

                /** Event mark */
                mark?: (number|null);

                /** Event lengthBytes */
                lengthBytes?: (number|null);

                /** Event mtuBytes */
                mtuBytes?: (number|null);

                /** Event etherType */
                etherType?: (number|null);

                /** Event ipVersion */
                ipVersion?: (number|null);

                /** Event sourceAddress */
                sourceAddress?: (Uint8Array|null);

                /** Event destinationAddress */
                destinationAddress?: (Uint8Array|null);

                /** Event ipProtocol */
                ipProtocol?: (number|null);

                /** Event sourcePort */
                sourcePort?: (number|null);

                /** Event destinationPort */
                destinationPort?: (number|null);

                /** Event tcpFlags */
                tcpFlags?: (number|null);

                /** Event icmpTypeCode */
                icmpTypeCode?: (number|null);

                /** Event vlanTci */
                vlanTci?: (number|null);

                /** Event hasVlan */
                hasVlan?: (boolean|null);

                /** Event dropReasonId */
                dropReasonId?: (number|null);

                /** Event dropLocationId */
                dropLocationId?: (number|null);

                /** Event stackLocationIds */
                stackLocationIds?: (number[]|null);

                /** Event repeatsPacket */
                repeatsPacket?: (boolean|null);

                /** Event details */
                details?: (pwru.v1.PacketDetails.$Properties|null);

                /** Event kind */
                kind?: (pwru.v1.EventKind|null);

                /** Event endsBuffer */
                endsBuffer?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Event. */
            type $Shape = pwru.v1.Event.$Properties;
        }

        /** EventKind enum. */
        enum EventKind {

            /** EVENT_KIND_HIT value */
            EVENT_KIND_HIT = 0,

            /** EVENT_KIND_END value */
            EVENT_KIND_END = 1
        }

        /**
         * Properties of a PacketDetails.
         * @deprecated Use pwru.v1.PacketDetails.$Properties instead.
         */
        interface IPacketDetails extends pwru.v1.PacketDetails.$Properties {
        }

        /** Represents a PacketDetails. */
        class PacketDetails {

            /**
             * Constructs a new PacketDetails.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.PacketDetails.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PacketDetails noPorts. */
            noPorts: boolean;

            /** PacketDetails fragmentOffsetBytes. */
            fragmentOffsetBytes: number;

            /** PacketDetails mtuSource. */
            mtuSource: pwru.v1.MtuSource;

            /** PacketDetails mtuInterfaceIndex. */
            mtuInterfaceIndex: number;

            /** PacketDetails inner. */
            inner?: (pwru.v1.InnerPacket.$Properties|null);

            /**
             * Encodes the specified PacketDetails message. Does not implicitly {@link pwru.v1.PacketDetails.verify|verify} messages.
             * @param message PacketDetails message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.PacketDetails.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PacketDetails message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.PacketDetails & pwru.v1.PacketDetails.$Shape} PacketDetails
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.PacketDetails & pwru.v1.PacketDetails.$Shape;
        }

        namespace PacketDetails {

            /** Properties of a PacketDetails. */
            interface $Properties {

                /** PacketDetails noPorts */
                noPorts?: (boolean|null);

                /** PacketDetails fragmentOffsetBytes */
                fragmentOffsetBytes?: (number|null);

                /** PacketDetails mtuSource */
                mtuSource?: (pwru.v1.MtuSource|null);

                /** PacketDetails mtuInterfaceIndex */
                mtuInterfaceIndex?: (number|null);

                /** PacketDetails inner */
                inner?: (pwru.v1.InnerPacket.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PacketDetails. */
            type $Shape = pwru.v1.PacketDetails.$Properties;
        }

        /** MtuSource enum. */
        enum MtuSource {

            /** MTU_SOURCE_DEVICE value */
            MTU_SOURCE_DEVICE = 0,

            /** MTU_SOURCE_ROUTE value */
            MTU_SOURCE_ROUTE = 1,

            /** MTU_SOURCE_ROUTE_DEVICE value */
            MTU_SOURCE_ROUTE_DEVICE = 2
        }

        /**
         * Properties of an InnerPacket.
         * @deprecated Use pwru.v1.InnerPacket.$Properties instead.
         */
        interface IInnerPacket extends pwru.v1.InnerPacket.$Properties {
        }

        /** Represents an InnerPacket. */
        class InnerPacket {

            /**
             * Constructs a new InnerPacket.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.InnerPacket.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InnerPacket kind. */
            kind: pwru.v1.InnerKind;

            /** InnerPacket value. */
            value: number;

            /** InnerPacket ipVersion. */
            ipVersion: number;

            /** InnerPacket sourceAddress. */
            sourceAddress: Uint8Array;

            /** InnerPacket destinationAddress. */
            destinationAddress: Uint8Array;

            /** InnerPacket ipProtocol. */
            ipProtocol: number;

            /** InnerPacket sourcePort. */
            sourcePort: number;

            /** InnerPacket destinationPort. */
            destinationPort: number;

            /** InnerPacket noPorts. */
            noPorts: boolean;

            /** InnerPacket tcpFlags. */
            tcpFlags: number;

            /** InnerPacket icmpTypeCode. */
            icmpTypeCode: number;

            /** InnerPacket fragmentOffsetBytes. */
            fragmentOffsetBytes: number;

            /**
             * Encodes the specified InnerPacket message. Does not implicitly {@link pwru.v1.InnerPacket.verify|verify} messages.
             * @param message InnerPacket message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.InnerPacket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InnerPacket message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.InnerPacket & pwru.v1.InnerPacket.$Shape} InnerPacket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.InnerPacket & pwru.v1.InnerPacket.$Shape;
        }

        namespace InnerPacket {

            /** Properties of an InnerPacket. */
            interface $Properties {

                /** InnerPacket kind */
                kind?: (pwru.v1.InnerKind|null);

                /** InnerPacket value */
                value?: (number|null);

                /** InnerPacket ipVersion */
                ipVersion?: (number|null);

                /** InnerPacket sourceAddress */
                sourceAddress?: (Uint8Array|null);

                /** InnerPacket destinationAddress */
                destinationAddress?: (Uint8Array|null);

                /** InnerPacket ipProtocol */
                ipProtocol?: (number|null);

                /** InnerPacket sourcePort */
                sourcePort?: (number|null);

                /** InnerPacket destinationPort */
                destinationPort?: (number|null);

                /** InnerPacket noPorts */
                noPorts?: (boolean|null);

                /** InnerPacket tcpFlags */
                tcpFlags?: (number|null);

                /** InnerPacket icmpTypeCode */
                icmpTypeCode?: (number|null);

                /** InnerPacket fragmentOffsetBytes */
                fragmentOffsetBytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InnerPacket. */
            type $Shape = pwru.v1.InnerPacket.$Properties;
        }

        /** InnerKind enum. */
        enum InnerKind {

            /** INNER_KIND_UNSPECIFIED value */
            INNER_KIND_UNSPECIFIED = 0,

            /** INNER_KIND_ICMP_ERROR value */
            INNER_KIND_ICMP_ERROR = 1,

            /** INNER_KIND_VXLAN value */
            INNER_KIND_VXLAN = 2,

            /** INNER_KIND_GENEVE value */
            INNER_KIND_GENEVE = 3,

            /** INNER_KIND_IPIP value */
            INNER_KIND_IPIP = 4,

            /** INNER_KIND_GRE value */
            INNER_KIND_GRE = 5
        }

        /**
         * Properties of an EventBatch.
         * @deprecated Use pwru.v1.EventBatch.$Properties instead.
         */
        interface IEventBatch extends pwru.v1.EventBatch.$Properties {
        }

        /** Represents an EventBatch. */
        class EventBatch {

            /**
             * Constructs a new EventBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.EventBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EventBatch events. */
            events: pwru.v1.Event.$Properties[];

            /**
             * Encodes the specified EventBatch message. Does not implicitly {@link pwru.v1.EventBatch.verify|verify} messages.
             * @param message EventBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.EventBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EventBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.EventBatch & pwru.v1.EventBatch.$Shape} EventBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.EventBatch & pwru.v1.EventBatch.$Shape;
        }

        namespace EventBatch {

            /** Properties of an EventBatch. */
            interface $Properties {

                /** EventBatch events */
                events?: (pwru.v1.Event.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EventBatch. */
            type $Shape = pwru.v1.EventBatch.$Properties;
        }

        /**
         * Properties of a DictionaryEntry.
         * @deprecated Use pwru.v1.DictionaryEntry.$Properties instead.
         */
        interface IDictionaryEntry extends pwru.v1.DictionaryEntry.$Properties {
        }

        /** Represents a DictionaryEntry. */
        class DictionaryEntry {

            /**
             * Constructs a new DictionaryEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.DictionaryEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DictionaryEntry id. */
            id: number;

            /** DictionaryEntry function. */
            function?: (pwru.v1.Function.$Properties|null);

            /** DictionaryEntry interface. */
            interface?: (pwru.v1.Interface.$Properties|null);

            /** DictionaryEntry process. */
            process?: (pwru.v1.Process.$Properties|null);

            /** DictionaryEntry dropReason. */
            dropReason?: (pwru.v1.DropReason.$Properties|null);

            /** DictionaryEntry codeLocation. */
            codeLocation?: (pwru.v1.CodeLocation.$Properties|null);

            /** DictionaryEntry networkNamespace. */
            networkNamespace?: (pwru.v1.NetworkNamespace.$Properties|null);

            /** DictionaryEntry value. */
            value?: ("Function"|"interface"|"process"|"dropReason"|"codeLocation"|"networkNamespace");

            /**
             * Encodes the specified DictionaryEntry message. Does not implicitly {@link pwru.v1.DictionaryEntry.verify|verify} messages.
             * @param message DictionaryEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.DictionaryEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DictionaryEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.DictionaryEntry & pwru.v1.DictionaryEntry.$Shape} DictionaryEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.DictionaryEntry & pwru.v1.DictionaryEntry.$Shape;
        }

        namespace DictionaryEntry {

            /** Properties of a DictionaryEntry. */
            interface $Properties {

                /** DictionaryEntry id */
                id?: (number|null);

                /** DictionaryEntry function */
                "function"?: (pwru.v1.Function.$Properties|null);

                /** DictionaryEntry interface */
                "interface"?: (pwru.v1.Interface.$Properties|null);

                /** DictionaryEntry process */
                process?: (pwru.v1.Process.$Properties|null);

                /** DictionaryEntry dropReason */
                dropReason?: (pwru.v1.DropReason.$Properties|null);

                /** DictionaryEntry codeLocation */
                codeLocation?: (pwru.v1.CodeLocation.$Properties|null);

                /** DictionaryEntry networkNamespace */
                networkNamespace?: (pwru.v1.NetworkNamespace.$Properties|null);

                /** DictionaryEntry value */
                value?: ("Function"|"interface"|"process"|"dropReason"|"codeLocation"|"networkNamespace");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a DictionaryEntry. */
            type $Shape = {
              id?: number|null;
              "Function"?: pwru.v1.Function.$Shape|null;
              "interface"?: pwru.v1.Interface.$Shape|null;
              process?: pwru.v1.Process.$Shape|null;
              dropReason?: pwru.v1.DropReason.$Shape|null;
              codeLocation?: pwru.v1.CodeLocation.$Shape|null;
              networkNamespace?: pwru.v1.NetworkNamespace.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; "Function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "Function"; "Function": pwru.v1.Function.$Shape; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "interface"; "Function"?: null; "interface": pwru.v1.Interface.$Shape; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "process"; "Function"?: null; "interface"?: null; process: pwru.v1.Process.$Shape; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "dropReason"; "Function"?: null; "interface"?: null; process?: null; dropReason: pwru.v1.DropReason.$Shape; codeLocation?: null; networkNamespace?: null }|{ value?: "codeLocation"; "Function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation: pwru.v1.CodeLocation.$Shape; networkNamespace?: null }|{ value?: "networkNamespace"; "Function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace: pwru.v1.NetworkNamespace.$Shape })
            );
        }

        /**
         * Properties of a Function.
         * @deprecated Use pwru.v1.Function.$Properties instead.
         */
        interface IFunction extends pwru.v1.Function.$Properties {
        }

        /** Represents a Function. */
        class Function {

            /**
             * Constructs a new Function.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Function.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Function name. */
            name: string;

            /** Function module. */
            module: string;

            /** Function tracepoint. */
            tracepoint: boolean;

            /**
             * Encodes the specified Function message. Does not implicitly {@link pwru.v1.Function.verify|verify} messages.
             * @param message Function message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Function.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Function message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Function & pwru.v1.Function.$Shape} Function
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Function & pwru.v1.Function.$Shape;
        }

        namespace Function {

            /** Properties of a Function. */
            interface $Properties {

                /** Function name */
                name?: (string|null);

                /** Function module */
                module?: (string|null);

                /** Function tracepoint */
                tracepoint?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Function. */
            type $Shape = pwru.v1.Function.$Properties;
        }

        /**
         * Properties of an Interface.
         * @deprecated Use pwru.v1.Interface.$Properties instead.
         */
        interface IInterface extends pwru.v1.Interface.$Properties {
        }

        /** Represents an Interface. */
        class Interface {

            /**
             * Constructs a new Interface.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Interface.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Interface netnsInode. */
            netnsInode: number;

            /** Interface index. */
            index: number;

            /** Interface name. */
            name: string;

            /**
             * Encodes the specified Interface message. Does not implicitly {@link pwru.v1.Interface.verify|verify} messages.
             * @param message Interface message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Interface.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Interface message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Interface & pwru.v1.Interface.$Shape} Interface
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Interface & pwru.v1.Interface.$Shape;
        }

        namespace Interface {

            /** Properties of an Interface. */
            interface $Properties {

                /** Interface netnsInode */
                netnsInode?: (number|null);

                /** Interface index */
                index?: (number|null);

                /** Interface name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Interface. */
            type $Shape = pwru.v1.Interface.$Properties;
        }

        /**
         * Properties of a Process.
         * @deprecated Use pwru.v1.Process.$Properties instead.
         */
        interface IProcess extends pwru.v1.Process.$Properties {
        }

        /** Represents a Process. */
        class Process {

            /**
             * Constructs a new Process.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Process.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Process pid. */
            pid: number;

            /** Process name. */
            name: string;

            /** Process context. */
            context: pwru.v1.TaskContext;

            /**
             * Encodes the specified Process message. Does not implicitly {@link pwru.v1.Process.verify|verify} messages.
             * @param message Process message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Process.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Process message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Process & pwru.v1.Process.$Shape} Process
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Process & pwru.v1.Process.$Shape;
        }

        namespace Process {

            /** Properties of a Process. */
            interface $Properties {

                /** Process pid */
                pid?: (number|null);

                /** Process name */
                name?: (string|null);

                /** Process context */
                context?: (pwru.v1.TaskContext|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Process. */
            type $Shape = pwru.v1.Process.$Properties;
        }

        /** TaskContext enum. */
        enum TaskContext {

            /** TASK_CONTEXT_UNSPECIFIED value */
            TASK_CONTEXT_UNSPECIFIED = 0,

            /** TASK_CONTEXT_OWN value */
            TASK_CONTEXT_OWN = 1,

            /** TASK_CONTEXT_INTERRUPTED value */
            TASK_CONTEXT_INTERRUPTED = 2
        }

        /**
         * Properties of a DropReason.
         * @deprecated Use pwru.v1.DropReason.$Properties instead.
         */
        interface IDropReason extends pwru.v1.DropReason.$Properties {
        }

        /** Represents a DropReason. */
        class DropReason {

            /**
             * Constructs a new DropReason.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.DropReason.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropReason value. */
            value: number;

            /** DropReason name. */
            name: string;

            /** DropReason dropClass. */
            dropClass: pwru.v1.DropClass;

            /** DropReason note. */
            note: string;

            /**
             * Encodes the specified DropReason message. Does not implicitly {@link pwru.v1.DropReason.verify|verify} messages.
             * @param message DropReason message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.DropReason.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropReason message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.DropReason & pwru.v1.DropReason.$Shape} DropReason
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.DropReason & pwru.v1.DropReason.$Shape;
        }

        namespace DropReason {

            /** Properties of a DropReason. */
            interface $Properties {

                /** DropReason value */
                value?: (number|null);

                /** DropReason name */
                name?: (string|null);

                /** DropReason dropClass */
                dropClass?: (pwru.v1.DropClass|null);

                /** DropReason note */
                note?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropReason. */
            type $Shape = pwru.v1.DropReason.$Properties;
        }

        /** DropClass enum. */
        enum DropClass {

            /** DROP_CLASS_UNSPECIFIED value */
            DROP_CLASS_UNSPECIFIED = 0,

            /** DROP_CLASS_LOST value */
            DROP_CLASS_LOST = 1,

            /** DROP_CLASS_COPY value */
            DROP_CLASS_COPY = 2,

            /** DROP_CLASS_DISCARDED value */
            DROP_CLASS_DISCARDED = 3,

            /** DROP_CLASS_NOT_A_PACKET value */
            DROP_CLASS_NOT_A_PACKET = 4,

            /** DROP_CLASS_UNWANTED value */
            DROP_CLASS_UNWANTED = 5,

            /** DROP_CLASS_NOT_KNOWN value */
            DROP_CLASS_NOT_KNOWN = 6
        }

        /**
         * Properties of a CodeLocation.
         * @deprecated Use pwru.v1.CodeLocation.$Properties instead.
         */
        interface ICodeLocation extends pwru.v1.CodeLocation.$Properties {
        }

        /** Represents a CodeLocation. */
        class CodeLocation {

            /**
             * Constructs a new CodeLocation.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.CodeLocation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CodeLocation symbol. */
            symbol: string;

            /** CodeLocation offsetBytes. */
            offsetBytes: number;

            /** CodeLocation module. */
            module: string;

            /**
             * Encodes the specified CodeLocation message. Does not implicitly {@link pwru.v1.CodeLocation.verify|verify} messages.
             * @param message CodeLocation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.CodeLocation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CodeLocation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.CodeLocation & pwru.v1.CodeLocation.$Shape} CodeLocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.CodeLocation & pwru.v1.CodeLocation.$Shape;
        }

        namespace CodeLocation {

            /** Properties of a CodeLocation. */
            interface $Properties {

                /** CodeLocation symbol */
                symbol?: (string|null);

                /** CodeLocation offsetBytes */
                offsetBytes?: (number|null);

                /** CodeLocation module */
                module?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CodeLocation. */
            type $Shape = pwru.v1.CodeLocation.$Properties;
        }

        /**
         * Properties of a NetworkNamespace.
         * @deprecated Use pwru.v1.NetworkNamespace.$Properties instead.
         */
        interface INetworkNamespace extends pwru.v1.NetworkNamespace.$Properties {
        }

        /** Represents a NetworkNamespace. */
        class NetworkNamespace {

            /**
             * Constructs a new NetworkNamespace.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.NetworkNamespace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NetworkNamespace inode. */
            inode: number;

            /** NetworkNamespace name. */
            name: string;

            /** NetworkNamespace pod. */
            pod?: (pwru.v1.PodReference.$Properties|null);

            /** NetworkNamespace node. */
            node: boolean;

            /**
             * Encodes the specified NetworkNamespace message. Does not implicitly {@link pwru.v1.NetworkNamespace.verify|verify} messages.
             * @param message NetworkNamespace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.NetworkNamespace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NetworkNamespace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.NetworkNamespace & pwru.v1.NetworkNamespace.$Shape} NetworkNamespace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.NetworkNamespace & pwru.v1.NetworkNamespace.$Shape;
        }

        namespace NetworkNamespace {

            /** Properties of a NetworkNamespace. */
            interface $Properties {

                /** NetworkNamespace inode */
                inode?: (number|null);

                /** NetworkNamespace name */
                name?: (string|null);

                /** NetworkNamespace pod */
                pod?: (pwru.v1.PodReference.$Properties|null);

                /** NetworkNamespace node */
                node?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NetworkNamespace. */
            type $Shape = pwru.v1.NetworkNamespace.$Properties;
        }

        /**
         * Properties of a PodReference.
         * @deprecated Use pwru.v1.PodReference.$Properties instead.
         */
        interface IPodReference extends pwru.v1.PodReference.$Properties {
        }

        /** Represents a PodReference. */
        class PodReference {

            /**
             * Constructs a new PodReference.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.PodReference.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodReference namespace. */
            namespace: string;

            /** PodReference name. */
            name: string;

            /** PodReference uid. */
            uid: string;

            /**
             * Encodes the specified PodReference message. Does not implicitly {@link pwru.v1.PodReference.verify|verify} messages.
             * @param message PodReference message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.PodReference.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodReference message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.PodReference & pwru.v1.PodReference.$Shape} PodReference
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.PodReference & pwru.v1.PodReference.$Shape;
        }

        namespace PodReference {

            /** Properties of a PodReference. */
            interface $Properties {

                /** PodReference namespace */
                namespace?: (string|null);

                /** PodReference name */
                name?: (string|null);

                /** PodReference uid */
                uid?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodReference. */
            type $Shape = pwru.v1.PodReference.$Properties;
        }

        /** Represents an InfoService */
        class InfoService extends $protobuf.rpc.Service {

            /**
             * Constructs a new InfoService service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /** Calls GetInfo. */
            getInfo: pwru.v1.InfoService.GetInfo;

            /** Calls ListFunctions. */
            listFunctions: pwru.v1.InfoService.ListFunctions;
        }

        namespace InfoService {

            /**
             * Callback as used by {@link pwru.v1.InfoService#getInfo}.
             * @param error Error, if any
             * @param [response] GetInfoResponse
             */
            type GetInfoCallback = (error: (Error|null), response?: pwru.v1.GetInfoResponse) => void;

            /** Calls GetInfo. */
            type GetInfo = {
              (request: pwru.v1.IGetInfoRequest, callback: pwru.v1.InfoService.GetInfoCallback): void;
              (request: pwru.v1.IGetInfoRequest): Promise<pwru.v1.GetInfoResponse>;
              readonly name: "GetInfo";
              readonly path: "/pwru.v1.InfoService/GetInfo";
              readonly requestType: "GetInfoRequest";
              readonly responseType: "GetInfoResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link pwru.v1.InfoService#listFunctions}.
             * @param error Error, if any
             * @param [response] ListFunctionsResponse
             */
            type ListFunctionsCallback = (error: (Error|null), response?: pwru.v1.ListFunctionsResponse) => void;

            /** Calls ListFunctions. */
            type ListFunctions = {
              (request: pwru.v1.IListFunctionsRequest, callback: pwru.v1.InfoService.ListFunctionsCallback): void;
              (request: pwru.v1.IListFunctionsRequest): Promise<pwru.v1.ListFunctionsResponse>;
              readonly name: "ListFunctions";
              readonly path: "/pwru.v1.InfoService/ListFunctions";
              readonly requestType: "ListFunctionsRequest";
              readonly responseType: "ListFunctionsResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };
        }

        /**
         * Properties of a GetInfoRequest.
         * @deprecated Use pwru.v1.GetInfoRequest.$Properties instead.
         */
        interface IGetInfoRequest extends pwru.v1.GetInfoRequest.$Properties {
        }

        /** Represents a GetInfoRequest. */
        class GetInfoRequest {

            /**
             * Constructs a new GetInfoRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.GetInfoRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified GetInfoRequest message. Does not implicitly {@link pwru.v1.GetInfoRequest.verify|verify} messages.
             * @param message GetInfoRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.GetInfoRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetInfoRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.GetInfoRequest & pwru.v1.GetInfoRequest.$Shape} GetInfoRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.GetInfoRequest & pwru.v1.GetInfoRequest.$Shape;
        }

        namespace GetInfoRequest {

            /** Properties of a GetInfoRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetInfoRequest. */
            type $Shape = pwru.v1.GetInfoRequest.$Properties;
        }

        /**
         * Properties of a GetInfoResponse.
         * @deprecated Use pwru.v1.GetInfoResponse.$Properties instead.
         */
        interface IGetInfoResponse extends pwru.v1.GetInfoResponse.$Properties {
        }

        /** Represents a GetInfoResponse. */
        class GetInfoResponse {

            /**
             * Constructs a new GetInfoResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.GetInfoResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GetInfoResponse version. */
            version: string;

            /** GetInfoResponse apiRevision. */
            apiRevision: number;

            /** GetInfoResponse node. */
            node: string;

            /** GetInfoResponse kernelRelease. */
            kernelRelease: string;

            /** GetInfoResponse architecture. */
            architecture: string;

            /** GetInfoResponse backends. */
            backends: pwru.v1.BackendInfo.$Properties[];

            /** GetInfoResponse features. */
            features: pwru.v1.Feature.$Properties[];

            /** GetInfoResponse maxSessions. */
            maxSessions: number;

            /** GetInfoResponse activeSessions. */
            activeSessions: number;

            /** GetInfoResponse maxDurationMs. */
            maxDurationMs: Long;

            /** GetInfoResponse bootId. */
            bootId: string;

            /** GetInfoResponse wallTimeNs. */
            wallTimeNs: Long;

            /** GetInfoResponse cluster. */
            cluster?: (pwru.v1.ClusterInfo.$Properties|null);

            /**
             * Encodes the specified GetInfoResponse message. Does not implicitly {@link pwru.v1.GetInfoResponse.verify|verify} messages.
             * @param message GetInfoResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.GetInfoResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetInfoResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.GetInfoResponse & pwru.v1.GetInfoResponse.$Shape} GetInfoResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.GetInfoResponse & pwru.v1.GetInfoResponse.$Shape;
        }

        namespace GetInfoResponse {

            /** Properties of a GetInfoResponse. */
            interface $Properties {

                /** GetInfoResponse version */
                version?: (string|null);

                /** GetInfoResponse apiRevision */
                apiRevision?: (number|null);

                /** GetInfoResponse node */
                node?: (string|null);

                /** GetInfoResponse kernelRelease */
                kernelRelease?: (string|null);

                /** GetInfoResponse architecture */
                architecture?: (string|null);

                /** GetInfoResponse backends */
                backends?: (pwru.v1.BackendInfo.$Properties[]|null);

                /** GetInfoResponse features */
                features?: (pwru.v1.Feature.$Properties[]|null);

                /** GetInfoResponse maxSessions */
                maxSessions?: (number|null);

                /** GetInfoResponse activeSessions */
                activeSessions?: (number|null);

                /** GetInfoResponse maxDurationMs */
                maxDurationMs?: (Long|null);

                /** GetInfoResponse bootId */
                bootId?: (string|null);

                /** GetInfoResponse wallTimeNs */
                wallTimeNs?: (Long|null);

                /** GetInfoResponse cluster */
                cluster?: (pwru.v1.ClusterInfo.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetInfoResponse. */
            type $Shape = pwru.v1.GetInfoResponse.$Properties;
        }

        /**
         * Properties of a ClusterInfo.
         * @deprecated Use pwru.v1.ClusterInfo.$Properties instead.
         */
        interface IClusterInfo extends pwru.v1.ClusterInfo.$Properties {
        }

        /** Represents a ClusterInfo. */
        class ClusterInfo {

            /**
             * Constructs a new ClusterInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ClusterInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClusterInfo podsSynced. */
            podsSynced: boolean;

            /** ClusterInfo podsReason. */
            podsReason: string;

            /** ClusterInfo podsResolved. */
            podsResolved: number;

            /** ClusterInfo pods. */
            pods: number;

            /** ClusterInfo runtime. */
            runtime: string;

            /** ClusterInfo runtimeSocket. */
            runtimeSocket: string;

            /** ClusterInfo runtimeReason. */
            runtimeReason: string;

            /**
             * Encodes the specified ClusterInfo message. Does not implicitly {@link pwru.v1.ClusterInfo.verify|verify} messages.
             * @param message ClusterInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ClusterInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClusterInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ClusterInfo & pwru.v1.ClusterInfo.$Shape} ClusterInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ClusterInfo & pwru.v1.ClusterInfo.$Shape;
        }

        namespace ClusterInfo {

            /** Properties of a ClusterInfo. */
            interface $Properties {

                /** ClusterInfo podsSynced */
                podsSynced?: (boolean|null);

                /** ClusterInfo podsReason */
                podsReason?: (string|null);

                /** ClusterInfo podsResolved */
                podsResolved?: (number|null);

                /** ClusterInfo pods */
                pods?: (number|null);

                /** ClusterInfo runtime */
                runtime?: (string|null);

                /** ClusterInfo runtimeSocket */
                runtimeSocket?: (string|null);

                /** ClusterInfo runtimeReason */
                runtimeReason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClusterInfo. */
            type $Shape = pwru.v1.ClusterInfo.$Properties;
        }

        /**
         * Properties of a BackendInfo.
         * @deprecated Use pwru.v1.BackendInfo.$Properties instead.
         */
        interface IBackendInfo extends pwru.v1.BackendInfo.$Properties {
        }

        /** Represents a BackendInfo. */
        class BackendInfo {

            /**
             * Constructs a new BackendInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.BackendInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BackendInfo status. */
            status?: (pwru.v1.BackendStatus.$Properties|null);

            /** BackendInfo functions. */
            functions: number;

            /**
             * Encodes the specified BackendInfo message. Does not implicitly {@link pwru.v1.BackendInfo.verify|verify} messages.
             * @param message BackendInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.BackendInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BackendInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.BackendInfo & pwru.v1.BackendInfo.$Shape} BackendInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.BackendInfo & pwru.v1.BackendInfo.$Shape;
        }

        namespace BackendInfo {

            /** Properties of a BackendInfo. */
            interface $Properties {

                /** BackendInfo status */
                status?: (pwru.v1.BackendStatus.$Properties|null);

                /** BackendInfo functions */
                functions?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BackendInfo. */
            type $Shape = pwru.v1.BackendInfo.$Properties;
        }

        /**
         * Properties of a Feature.
         * @deprecated Use pwru.v1.Feature.$Properties instead.
         */
        interface IFeature extends pwru.v1.Feature.$Properties {
        }

        /** Represents a Feature. */
        class Feature {

            /**
             * Constructs a new Feature.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Feature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Feature name. */
            name: string;

            /** Feature available. */
            available: boolean;

            /** Feature reason. */
            reason: string;

            /** Feature cause. */
            cause: pwru.v1.RefusalCause;

            /**
             * Encodes the specified Feature message. Does not implicitly {@link pwru.v1.Feature.verify|verify} messages.
             * @param message Feature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Feature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Feature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Feature & pwru.v1.Feature.$Shape} Feature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Feature & pwru.v1.Feature.$Shape;
        }

        namespace Feature {

            /** Properties of a Feature. */
            interface $Properties {

                /** Feature name */
                name?: (string|null);

                /** Feature available */
                available?: (boolean|null);

                /** Feature reason */
                reason?: (string|null);

                /** Feature cause */
                cause?: (pwru.v1.RefusalCause|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Feature. */
            type $Shape = pwru.v1.Feature.$Properties;
        }

        /**
         * Properties of a ListFunctionsRequest.
         * @deprecated Use pwru.v1.ListFunctionsRequest.$Properties instead.
         */
        interface IListFunctionsRequest extends pwru.v1.ListFunctionsRequest.$Properties {
        }

        /** Represents a ListFunctionsRequest. */
        class ListFunctionsRequest {

            /**
             * Constructs a new ListFunctionsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ListFunctionsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListFunctionsRequest functionRegex. */
            functionRegex: string;

            /** ListFunctionsRequest backend. */
            backend: string;

            /** ListFunctionsRequest modules. */
            modules: string[];

            /** ListFunctionsRequest allModules. */
            allModules: boolean;

            /**
             * Encodes the specified ListFunctionsRequest message. Does not implicitly {@link pwru.v1.ListFunctionsRequest.verify|verify} messages.
             * @param message ListFunctionsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ListFunctionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListFunctionsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ListFunctionsRequest & pwru.v1.ListFunctionsRequest.$Shape} ListFunctionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ListFunctionsRequest & pwru.v1.ListFunctionsRequest.$Shape;
        }

        namespace ListFunctionsRequest {

            /** Properties of a ListFunctionsRequest. */
            interface $Properties {

                /** ListFunctionsRequest functionRegex */
                functionRegex?: (string|null);

                /** ListFunctionsRequest backend */
                backend?: (string|null);

                /** ListFunctionsRequest modules */
                modules?: (string[]|null);

                /** ListFunctionsRequest allModules */
                allModules?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListFunctionsRequest. */
            type $Shape = pwru.v1.ListFunctionsRequest.$Properties;
        }

        /**
         * Properties of a ListFunctionsResponse.
         * @deprecated Use pwru.v1.ListFunctionsResponse.$Properties instead.
         */
        interface IListFunctionsResponse extends pwru.v1.ListFunctionsResponse.$Properties {
        }

        /** Represents a ListFunctionsResponse. */
        class ListFunctionsResponse {

            /**
             * Constructs a new ListFunctionsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ListFunctionsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListFunctionsResponse functions. */
            functions: pwru.v1.ProbedFunction.$Properties[];

            /** ListFunctionsResponse refused. */
            refused: pwru.v1.RefusedFunction.$Properties[];

            /** ListFunctionsResponse modulesWithoutTypes. */
            modulesWithoutTypes: string[];

            /**
             * Encodes the specified ListFunctionsResponse message. Does not implicitly {@link pwru.v1.ListFunctionsResponse.verify|verify} messages.
             * @param message ListFunctionsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ListFunctionsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListFunctionsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ListFunctionsResponse & pwru.v1.ListFunctionsResponse.$Shape} ListFunctionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ListFunctionsResponse & pwru.v1.ListFunctionsResponse.$Shape;
        }

        namespace ListFunctionsResponse {

            /** Properties of a ListFunctionsResponse. */
            interface $Properties {

                /** ListFunctionsResponse functions */
                functions?: (pwru.v1.ProbedFunction.$Properties[]|null);

                /** ListFunctionsResponse refused */
                refused?: (pwru.v1.RefusedFunction.$Properties[]|null);

                /** ListFunctionsResponse modulesWithoutTypes */
                modulesWithoutTypes?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListFunctionsResponse. */
            type $Shape = pwru.v1.ListFunctionsResponse.$Properties;
        }

        /** SkbArgumentKind enum. */
        enum SkbArgumentKind {

            /** SKB_ARGUMENT_KIND_UNSPECIFIED value */
            SKB_ARGUMENT_KIND_UNSPECIFIED = 0,

            /** SKB_ARGUMENT_KIND_POINTER value */
            SKB_ARGUMENT_KIND_POINTER = 1,

            /** SKB_ARGUMENT_KIND_CONST_POINTER value */
            SKB_ARGUMENT_KIND_CONST_POINTER = 2,

            /** SKB_ARGUMENT_KIND_POINTER_TO_POINTER value */
            SKB_ARGUMENT_KIND_POINTER_TO_POINTER = 3
        }

        /**
         * Properties of a ProbedFunction.
         * @deprecated Use pwru.v1.ProbedFunction.$Properties instead.
         */
        interface IProbedFunction extends pwru.v1.ProbedFunction.$Properties {
        }

        /** Represents a ProbedFunction. */
        class ProbedFunction {

            /**
             * Constructs a new ProbedFunction.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ProbedFunction.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProbedFunction name. */
            name: string;

            /** ProbedFunction module. */
            module: string;

            /** ProbedFunction argument. */
            argument: number;

            /** ProbedFunction kind. */
            kind: pwru.v1.SkbArgumentKind;

            /** ProbedFunction tracepoint. */
            tracepoint: boolean;

            /**
             * Encodes the specified ProbedFunction message. Does not implicitly {@link pwru.v1.ProbedFunction.verify|verify} messages.
             * @param message ProbedFunction message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ProbedFunction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProbedFunction message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ProbedFunction & pwru.v1.ProbedFunction.$Shape} ProbedFunction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ProbedFunction & pwru.v1.ProbedFunction.$Shape;
        }

        namespace ProbedFunction {

            /** Properties of a ProbedFunction. */
            interface $Properties {

                /** ProbedFunction name */
                name?: (string|null);

                /** ProbedFunction module */
                module?: (string|null);

                /** ProbedFunction argument */
                argument?: (number|null);

                /** ProbedFunction kind */
                kind?: (pwru.v1.SkbArgumentKind|null);

                /** ProbedFunction tracepoint */
                tracepoint?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProbedFunction. */
            type $Shape = pwru.v1.ProbedFunction.$Properties;
        }

        /** Represents a TraceService */
        class TraceService extends $protobuf.rpc.Service {

            /**
             * Constructs a new TraceService service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /** Calls Trace. */
            trace: pwru.v1.TraceService.Trace;

            /** Calls ListSessions. */
            listSessions: pwru.v1.TraceService.ListSessions;

            /** Calls StopSession. */
            stopSession: pwru.v1.TraceService.StopSession;
        }

        namespace TraceService {

            /**
             * Callback as used by {@link pwru.v1.TraceService#trace}.
             * @param error Error, if any
             * @param [response] TraceResponse
             */
            type TraceCallback = (error: (Error|null), response?: pwru.v1.TraceResponse) => void;

            /** Calls Trace. */
            type Trace = {
              (request: pwru.v1.ITraceRequest, callback: pwru.v1.TraceService.TraceCallback): void;
              (request: pwru.v1.ITraceRequest): Promise<pwru.v1.TraceResponse>;
              readonly name: "Trace";
              readonly path: "/pwru.v1.TraceService/Trace";
              readonly requestType: "TraceRequest";
              readonly responseType: "TraceResponse";
              readonly requestStream: true;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link pwru.v1.TraceService#listSessions}.
             * @param error Error, if any
             * @param [response] ListSessionsResponse
             */
            type ListSessionsCallback = (error: (Error|null), response?: pwru.v1.ListSessionsResponse) => void;

            /** Calls ListSessions. */
            type ListSessions = {
              (request: pwru.v1.IListSessionsRequest, callback: pwru.v1.TraceService.ListSessionsCallback): void;
              (request: pwru.v1.IListSessionsRequest): Promise<pwru.v1.ListSessionsResponse>;
              readonly name: "ListSessions";
              readonly path: "/pwru.v1.TraceService/ListSessions";
              readonly requestType: "ListSessionsRequest";
              readonly responseType: "ListSessionsResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link pwru.v1.TraceService#stopSession}.
             * @param error Error, if any
             * @param [response] StopSessionResponse
             */
            type StopSessionCallback = (error: (Error|null), response?: pwru.v1.StopSessionResponse) => void;

            /** Calls StopSession. */
            type StopSession = {
              (request: pwru.v1.IStopSessionRequest, callback: pwru.v1.TraceService.StopSessionCallback): void;
              (request: pwru.v1.IStopSessionRequest): Promise<pwru.v1.StopSessionResponse>;
              readonly name: "StopSession";
              readonly path: "/pwru.v1.TraceService/StopSession";
              readonly requestType: "StopSessionRequest";
              readonly responseType: "StopSessionResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };
        }

        /**
         * Properties of a TraceRequest.
         * @deprecated Use pwru.v1.TraceRequest.$Properties instead.
         */
        interface ITraceRequest extends pwru.v1.TraceRequest.$Properties {
        }

        /** Represents a TraceRequest. */
        class TraceRequest {

            /**
             * Constructs a new TraceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.TraceRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TraceRequest start. */
            start?: (pwru.v1.StartTrace.$Properties|null);

            /** TraceRequest heartbeat. */
            heartbeat?: (pwru.v1.Heartbeat.$Properties|null);

            /** TraceRequest stop. */
            stop?: (pwru.v1.StopTrace.$Properties|null);

            /** TraceRequest podTargets. */
            podTargets?: (pwru.v1.SetPodTargets.$Properties|null);

            /** TraceRequest request. */
            request?: ("start"|"heartbeat"|"stop"|"podTargets");

            /**
             * Encodes the specified TraceRequest message. Does not implicitly {@link pwru.v1.TraceRequest.verify|verify} messages.
             * @param message TraceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.TraceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TraceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.TraceRequest & pwru.v1.TraceRequest.$Shape} TraceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.TraceRequest & pwru.v1.TraceRequest.$Shape;
        }

        namespace TraceRequest {

            /** Properties of a TraceRequest. */
            interface $Properties {

                /** TraceRequest start */
                start?: (pwru.v1.StartTrace.$Properties|null);

                /** TraceRequest heartbeat */
                heartbeat?: (pwru.v1.Heartbeat.$Properties|null);

                /** TraceRequest stop */
                stop?: (pwru.v1.StopTrace.$Properties|null);

                /** TraceRequest podTargets */
                podTargets?: (pwru.v1.SetPodTargets.$Properties|null);

                /** TraceRequest request */
                request?: ("start"|"heartbeat"|"stop"|"podTargets");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a TraceRequest. */
            type $Shape = {
              start?: pwru.v1.StartTrace.$Shape|null;
              heartbeat?: pwru.v1.Heartbeat.$Shape|null;
              stop?: pwru.v1.StopTrace.$Shape|null;
              podTargets?: pwru.v1.SetPodTargets.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ request?: undefined; start?: null; heartbeat?: null; stop?: null; podTargets?: null }|{ request?: "start"; start: pwru.v1.StartTrace.$Shape; heartbeat?: null; stop?: null; podTargets?: null }|{ request?: "heartbeat"; start?: null; heartbeat: pwru.v1.Heartbeat.$Shape; stop?: null; podTargets?: null }|{ request?: "stop"; start?: null; heartbeat?: null; stop: pwru.v1.StopTrace.$Shape; podTargets?: null }|{ request?: "podTargets"; start?: null; heartbeat?: null; stop?: null; podTargets: pwru.v1.SetPodTargets.$Shape })
            );
        }

        /**
         * Properties of a StartTrace.
         * @deprecated Use pwru.v1.StartTrace.$Properties instead.
         */
        interface IStartTrace extends pwru.v1.StartTrace.$Properties {
        }

        /** Represents a StartTrace. */
        class StartTrace {

            /**
             * Constructs a new StartTrace.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.StartTrace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StartTrace targets. */
            targets: pwru.v1.Target.$Properties[];

            /** StartTrace filter. */
            filter: string;

            /** StartTrace functionRegex. */
            functionRegex: string;

            /** StartTrace backend. */
            backend: string;

            /** StartTrace modules. */
            modules: string[];

            /** StartTrace allModules. */
            allModules: boolean;

            /** StartTrace mark. */
            mark?: (pwru.v1.MarkFilter.$Properties|null);

            /** StartTrace interfaceName. */
            interfaceName: string;

            /** StartTrace track. */
            track: boolean;

            /** StartTrace stack. */
            stack: boolean;

            /** StartTrace dropsOnly. */
            dropsOnly: boolean;

            /** StartTrace maxDurationMs. */
            maxDurationMs: Long;

            /** StartTrace ringBudgetBytes. */
            ringBudgetBytes: Long;

            /** StartTrace clientName. */
            clientName: string;

            /** StartTrace watermarkIntervalMs. */
            watermarkIntervalMs: number;

            /** StartTrace podsOnly. */
            podsOnly: boolean;

            /** StartTrace addresses. */
            addresses: Uint8Array[];

            /** StartTrace shortRepeats. */
            shortRepeats: boolean;

            /** StartTrace expectsPods. */
            expectsPods: boolean;

            /** StartTrace ports. */
            ports: pwru.v1.PortTarget.$Properties[];

            /** StartTrace allDrops. */
            allDrops: boolean;

            /** StartTrace eventKinds. */
            eventKinds: pwru.v1.EventKind[];

            /**
             * Encodes the specified StartTrace message. Does not implicitly {@link pwru.v1.StartTrace.verify|verify} messages.
             * @param message StartTrace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.StartTrace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StartTrace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.StartTrace & pwru.v1.StartTrace.$Shape} StartTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.StartTrace & pwru.v1.StartTrace.$Shape;
        }

        namespace StartTrace {

            /** Properties of a StartTrace. */
            interface $Properties {

                /** StartTrace targets */
                targets?: (pwru.v1.Target.$Properties[]|null);

                /** StartTrace filter */
                filter?: (string|null);

                /** StartTrace functionRegex */
                functionRegex?: (string|null);

                /** StartTrace backend */
                backend?: (string|null);

                /** StartTrace modules */
                modules?: (string[]|null);

                /** StartTrace allModules */
                allModules?: (boolean|null);

                /** StartTrace mark */
                mark?: (pwru.v1.MarkFilter.$Properties|null);

                /** StartTrace interfaceName */
                interfaceName?: (string|null);

                /** StartTrace track */
                track?: (boolean|null);

                /** StartTrace stack */
                stack?: (boolean|null);

                /** StartTrace dropsOnly */
                dropsOnly?: (boolean|null);

                /** StartTrace maxDurationMs */
                maxDurationMs?: (Long|null);

                /** StartTrace ringBudgetBytes */
                ringBudgetBytes?: (Long|null);

                /** StartTrace clientName */
                clientName?: (string|null);

                /** StartTrace watermarkIntervalMs */
                watermarkIntervalMs?: (number|null);

                /** StartTrace podsOnly */
                podsOnly?: (boolean|null);

                /** StartTrace addresses */
                addresses?: (Uint8Array[]|null);

                /** StartTrace shortRepeats */
                shortRepeats?: (boolean|null);

                /** StartTrace expectsPods */
                expectsPods?: (boolean|null);

                /** StartTrace ports */
                ports?: (pwru.v1.PortTarget.$Properties[]|null);

                /** StartTrace allDrops */
                allDrops?: (boolean|null);

                /** StartTrace eventKinds */
                eventKinds?: (pwru.v1.EventKind[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StartTrace. */
            type $Shape = {
              targets?: pwru.v1.Target.$Shape[]|null;
              filter?: string|null;
              functionRegex?: string|null;
              backend?: string|null;
              modules?: string[]|null;
              allModules?: boolean|null;
              mark?: pwru.v1.MarkFilter.$Shape|null;
              interfaceName?: string|null;
              track?: boolean|null;
              stack?: boolean|null;
              dropsOnly?: boolean|null;
              maxDurationMs?: Long|null;
              ringBudgetBytes?: Long|null;
              clientName?: string|null;
              watermarkIntervalMs?: number|null;
              podsOnly?: boolean|null;
              addresses?: Uint8Array[]|null;
              shortRepeats?: boolean|null;
              expectsPods?: boolean|null;
              ports?: pwru.v1.PortTarget.$Shape[]|null;
              allDrops?: boolean|null;
              eventKinds?: pwru.v1.EventKind[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Target.
         * @deprecated Use pwru.v1.Target.$Properties instead.
         */
        interface ITarget extends pwru.v1.Target.$Properties {
        }

        /** Represents a Target. */
        class Target {

            /**
             * Constructs a new Target.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Target.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Target netnsName. */
            netnsName?: (string|null);

            /** Target pid. */
            pid?: (number|null);

            /** Target pod. */
            pod?: (pwru.v1.PodTarget.$Properties|null);

            /** Target target. */
            target?: ("netnsName"|"pid"|"pod");

            /**
             * Encodes the specified Target message. Does not implicitly {@link pwru.v1.Target.verify|verify} messages.
             * @param message Target message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Target.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Target message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Target & pwru.v1.Target.$Shape} Target
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Target & pwru.v1.Target.$Shape;
        }

        namespace Target {

            /** Properties of a Target. */
            interface $Properties {

                /** Target netnsName */
                netnsName?: (string|null);

                /** Target pid */
                pid?: (number|null);

                /** Target pod */
                pod?: (pwru.v1.PodTarget.$Properties|null);

                /** Target target */
                target?: ("netnsName"|"pid"|"pod");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Target. */
            type $Shape = {
              netnsName?: string|null;
              pid?: number|null;
              pod?: pwru.v1.PodTarget.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ target?: undefined; netnsName?: null; pid?: null; pod?: null }|{ target?: "netnsName"; netnsName: string; pid?: null; pod?: null }|{ target?: "pid"; netnsName?: null; pid: number; pod?: null }|{ target?: "pod"; netnsName?: null; pid?: null; pod: pwru.v1.PodTarget.$Shape })
            );
        }

        /**
         * Properties of a PortTarget.
         * @deprecated Use pwru.v1.PortTarget.$Properties instead.
         */
        interface IPortTarget extends pwru.v1.PortTarget.$Properties {
        }

        /** Represents a PortTarget. */
        class PortTarget {

            /**
             * Constructs a new PortTarget.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.PortTarget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PortTarget address. */
            address: Uint8Array;

            /** PortTarget port. */
            port: number;

            /** PortTarget protocol. */
            protocol: number;

            /**
             * Encodes the specified PortTarget message. Does not implicitly {@link pwru.v1.PortTarget.verify|verify} messages.
             * @param message PortTarget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.PortTarget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PortTarget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.PortTarget & pwru.v1.PortTarget.$Shape} PortTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.PortTarget & pwru.v1.PortTarget.$Shape;
        }

        namespace PortTarget {

            /** Properties of a PortTarget. */
            interface $Properties {

                /** PortTarget address */
                address?: (Uint8Array|null);

                /** PortTarget port */
                port?: (number|null);

                /** PortTarget protocol */
                protocol?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PortTarget. */
            type $Shape = pwru.v1.PortTarget.$Properties;
        }

        /**
         * Properties of a PodTarget.
         * @deprecated Use pwru.v1.PodTarget.$Properties instead.
         */
        interface IPodTarget extends pwru.v1.PodTarget.$Properties {
        }

        /** Represents a PodTarget. */
        class PodTarget {

            /**
             * Constructs a new PodTarget.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.PodTarget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodTarget namespace. */
            namespace: string;

            /** PodTarget name. */
            name: string;

            /** PodTarget uid. */
            uid: string;

            /** PodTarget hostNetwork. */
            hostNetwork: pwru.v1.HostNetwork;

            /** PodTarget addressesOnly. */
            addressesOnly: boolean;

            /**
             * Encodes the specified PodTarget message. Does not implicitly {@link pwru.v1.PodTarget.verify|verify} messages.
             * @param message PodTarget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.PodTarget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodTarget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.PodTarget & pwru.v1.PodTarget.$Shape} PodTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.PodTarget & pwru.v1.PodTarget.$Shape;
        }

        namespace PodTarget {

            /** Properties of a PodTarget. */
            interface $Properties {

                /** PodTarget namespace */
                namespace?: (string|null);

                /** PodTarget name */
                name?: (string|null);

                /** PodTarget uid */
                uid?: (string|null);

                /** PodTarget hostNetwork */
                hostNetwork?: (pwru.v1.HostNetwork|null);

                /** PodTarget addressesOnly */
                addressesOnly?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodTarget. */
            type $Shape = pwru.v1.PodTarget.$Properties;
        }

        /** HostNetwork enum. */
        enum HostNetwork {

            /** HOST_NETWORK_UNSPECIFIED value */
            HOST_NETWORK_UNSPECIFIED = 0,

            /** HOST_NETWORK_REFUSE value */
            HOST_NETWORK_REFUSE = 1,

            /** HOST_NETWORK_NODE value */
            HOST_NETWORK_NODE = 2
        }

        /**
         * Properties of a SetPodTargets.
         * @deprecated Use pwru.v1.SetPodTargets.$Properties instead.
         */
        interface ISetPodTargets extends pwru.v1.SetPodTargets.$Properties {
        }

        /** Represents a SetPodTargets. */
        class SetPodTargets {

            /**
             * Constructs a new SetPodTargets.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.SetPodTargets.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SetPodTargets pods. */
            pods: pwru.v1.PodTarget.$Properties[];

            /** SetPodTargets addresses. */
            addresses: Uint8Array[];

            /** SetPodTargets ports. */
            ports: pwru.v1.PortTarget.$Properties[];

            /**
             * Encodes the specified SetPodTargets message. Does not implicitly {@link pwru.v1.SetPodTargets.verify|verify} messages.
             * @param message SetPodTargets message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.SetPodTargets.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SetPodTargets message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.SetPodTargets & pwru.v1.SetPodTargets.$Shape} SetPodTargets
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.SetPodTargets & pwru.v1.SetPodTargets.$Shape;
        }

        namespace SetPodTargets {

            /** Properties of a SetPodTargets. */
            interface $Properties {

                /** SetPodTargets pods */
                pods?: (pwru.v1.PodTarget.$Properties[]|null);

                /** SetPodTargets addresses */
                addresses?: (Uint8Array[]|null);

                /** SetPodTargets ports */
                ports?: (pwru.v1.PortTarget.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SetPodTargets. */
            type $Shape = pwru.v1.SetPodTargets.$Properties;
        }

        /**
         * Properties of a MarkFilter.
         * @deprecated Use pwru.v1.MarkFilter.$Properties instead.
         */
        interface IMarkFilter extends pwru.v1.MarkFilter.$Properties {
        }

        /** Represents a MarkFilter. */
        class MarkFilter {

            /**
             * Constructs a new MarkFilter.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.MarkFilter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MarkFilter value. */
            value: number;

            /** MarkFilter mask. */
            mask: number;

            /**
             * Encodes the specified MarkFilter message. Does not implicitly {@link pwru.v1.MarkFilter.verify|verify} messages.
             * @param message MarkFilter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.MarkFilter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MarkFilter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.MarkFilter & pwru.v1.MarkFilter.$Shape} MarkFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.MarkFilter & pwru.v1.MarkFilter.$Shape;
        }

        namespace MarkFilter {

            /** Properties of a MarkFilter. */
            interface $Properties {

                /** MarkFilter value */
                value?: (number|null);

                /** MarkFilter mask */
                mask?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MarkFilter. */
            type $Shape = pwru.v1.MarkFilter.$Properties;
        }

        /**
         * Properties of a Heartbeat.
         * @deprecated Use pwru.v1.Heartbeat.$Properties instead.
         */
        interface IHeartbeat extends pwru.v1.Heartbeat.$Properties {
        }

        /** Represents a Heartbeat. */
        class Heartbeat {

            /**
             * Constructs a new Heartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Heartbeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link pwru.v1.Heartbeat.verify|verify} messages.
             * @param message Heartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Heartbeat & pwru.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Heartbeat & pwru.v1.Heartbeat.$Shape;
        }

        namespace Heartbeat {

            /** Properties of a Heartbeat. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heartbeat. */
            type $Shape = pwru.v1.Heartbeat.$Properties;
        }

        /**
         * Properties of a StopTrace.
         * @deprecated Use pwru.v1.StopTrace.$Properties instead.
         */
        interface IStopTrace extends pwru.v1.StopTrace.$Properties {
        }

        /** Represents a StopTrace. */
        class StopTrace {

            /**
             * Constructs a new StopTrace.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.StopTrace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified StopTrace message. Does not implicitly {@link pwru.v1.StopTrace.verify|verify} messages.
             * @param message StopTrace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.StopTrace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StopTrace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.StopTrace & pwru.v1.StopTrace.$Shape} StopTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.StopTrace & pwru.v1.StopTrace.$Shape;
        }

        namespace StopTrace {

            /** Properties of a StopTrace. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StopTrace. */
            type $Shape = pwru.v1.StopTrace.$Properties;
        }

        /**
         * Properties of a TraceResponse.
         * @deprecated Use pwru.v1.TraceResponse.$Properties instead.
         */
        interface ITraceResponse extends pwru.v1.TraceResponse.$Properties {
        }

        /** Represents a TraceResponse. */
        class TraceResponse {

            /**
             * Constructs a new TraceResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.TraceResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TraceResponse started. */
            started?: (pwru.v1.Started.$Properties|null);

            /** TraceResponse dictionary. */
            dictionary?: (pwru.v1.DictionaryEntries.$Properties|null);

            /** TraceResponse events. */
            events?: (pwru.v1.EventBatch.$Properties|null);

            /** TraceResponse status. */
            status?: (pwru.v1.Status.$Properties|null);

            /** TraceResponse summary. */
            summary?: (pwru.v1.Summary.$Properties|null);

            /** TraceResponse podTarget. */
            podTarget?: (pwru.v1.PodTargetStatus.$Properties|null);

            /** TraceResponse watermark. */
            watermark?: (pwru.v1.Watermark.$Properties|null);

            /** TraceResponse response. */
            response?: ("started"|"dictionary"|"events"|"status"|"summary"|"podTarget"|"watermark");

            /**
             * Encodes the specified TraceResponse message. Does not implicitly {@link pwru.v1.TraceResponse.verify|verify} messages.
             * @param message TraceResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.TraceResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TraceResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.TraceResponse & pwru.v1.TraceResponse.$Shape} TraceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.TraceResponse & pwru.v1.TraceResponse.$Shape;
        }

        namespace TraceResponse {

            /** Properties of a TraceResponse. */
            interface $Properties {

                /** TraceResponse started */
                started?: (pwru.v1.Started.$Properties|null);

                /** TraceResponse dictionary */
                dictionary?: (pwru.v1.DictionaryEntries.$Properties|null);

                /** TraceResponse events */
                events?: (pwru.v1.EventBatch.$Properties|null);

                /** TraceResponse status */
                status?: (pwru.v1.Status.$Properties|null);

                /** TraceResponse summary */
                summary?: (pwru.v1.Summary.$Properties|null);

                /** TraceResponse podTarget */
                podTarget?: (pwru.v1.PodTargetStatus.$Properties|null);

                /** TraceResponse watermark */
                watermark?: (pwru.v1.Watermark.$Properties|null);

                /** TraceResponse response */
                response?: ("started"|"dictionary"|"events"|"status"|"summary"|"podTarget"|"watermark");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a TraceResponse. */
            type $Shape = {
              started?: pwru.v1.Started.$Shape|null;
              dictionary?: pwru.v1.DictionaryEntries.$Shape|null;
              events?: pwru.v1.EventBatch.$Shape|null;
              status?: pwru.v1.Status.$Shape|null;
              summary?: pwru.v1.Summary.$Shape|null;
              podTarget?: pwru.v1.PodTargetStatus.$Shape|null;
              watermark?: pwru.v1.Watermark.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ response?: undefined; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "started"; started: pwru.v1.Started.$Shape; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "dictionary"; started?: null; dictionary: pwru.v1.DictionaryEntries.$Shape; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "events"; started?: null; dictionary?: null; events: pwru.v1.EventBatch.$Shape; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "status"; started?: null; dictionary?: null; events?: null; status: pwru.v1.Status.$Shape; summary?: null; podTarget?: null; watermark?: null }|{ response?: "summary"; started?: null; dictionary?: null; events?: null; status?: null; summary: pwru.v1.Summary.$Shape; podTarget?: null; watermark?: null }|{ response?: "podTarget"; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget: pwru.v1.PodTargetStatus.$Shape; watermark?: null }|{ response?: "watermark"; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark: pwru.v1.Watermark.$Shape })
            );
        }

        /** PodTargetState enum. */
        enum PodTargetState {

            /** POD_TARGET_STATE_UNSPECIFIED value */
            POD_TARGET_STATE_UNSPECIFIED = 0,

            /** POD_TARGET_STATE_WAITING value */
            POD_TARGET_STATE_WAITING = 1,

            /** POD_TARGET_STATE_RESOLVED value */
            POD_TARGET_STATE_RESOLVED = 2,

            /** POD_TARGET_STATE_REPLACED value */
            POD_TARGET_STATE_REPLACED = 3,

            /** POD_TARGET_STATE_GONE value */
            POD_TARGET_STATE_GONE = 4,

            /** POD_TARGET_STATE_HOST_NETWORK value */
            POD_TARGET_STATE_HOST_NETWORK = 5,

            /** POD_TARGET_STATE_UNRESOLVED value */
            POD_TARGET_STATE_UNRESOLVED = 6
        }

        /**
         * Properties of a PodTargetStatus.
         * @deprecated Use pwru.v1.PodTargetStatus.$Properties instead.
         */
        interface IPodTargetStatus extends pwru.v1.PodTargetStatus.$Properties {
        }

        /** Represents a PodTargetStatus. */
        class PodTargetStatus {

            /**
             * Constructs a new PodTargetStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.PodTargetStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodTargetStatus target. */
            target?: (pwru.v1.PodTarget.$Properties|null);

            /** PodTargetStatus state. */
            state: pwru.v1.PodTargetState;

            /** PodTargetStatus pod. */
            pod?: (pwru.v1.PodReference.$Properties|null);

            /** PodTargetStatus method. */
            method: string;

            /** PodTargetStatus netnsInode. */
            netnsInode: number;

            /** PodTargetStatus addresses. */
            addresses: Uint8Array[];

            /** PodTargetStatus message. */
            message: string;

            /** PodTargetStatus untracedMs. */
            untracedMs: Long;

            /**
             * Encodes the specified PodTargetStatus message. Does not implicitly {@link pwru.v1.PodTargetStatus.verify|verify} messages.
             * @param message PodTargetStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.PodTargetStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodTargetStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.PodTargetStatus & pwru.v1.PodTargetStatus.$Shape} PodTargetStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.PodTargetStatus & pwru.v1.PodTargetStatus.$Shape;
        }

        namespace PodTargetStatus {

            /** Properties of a PodTargetStatus. */
            interface $Properties {

                /** PodTargetStatus target */
                target?: (pwru.v1.PodTarget.$Properties|null);

                /** PodTargetStatus state */
                state?: (pwru.v1.PodTargetState|null);

                /** PodTargetStatus pod */
                pod?: (pwru.v1.PodReference.$Properties|null);

                /** PodTargetStatus method */
                method?: (string|null);

                /** PodTargetStatus netnsInode */
                netnsInode?: (number|null);

                /** PodTargetStatus addresses */
                addresses?: (Uint8Array[]|null);

                /** PodTargetStatus message */
                message?: (string|null);

                /** PodTargetStatus untracedMs */
                untracedMs?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodTargetStatus. */
            type $Shape = pwru.v1.PodTargetStatus.$Properties;
        }

        /**
         * Properties of a Watermark.
         * @deprecated Use pwru.v1.Watermark.$Properties instead.
         */
        interface IWatermark extends pwru.v1.Watermark.$Properties {
        }

        /** Represents a Watermark. */
        class Watermark {

            /**
             * Constructs a new Watermark.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Watermark.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Watermark bootTimeNs. */
            bootTimeNs: Long;

            /**
             * Encodes the specified Watermark message. Does not implicitly {@link pwru.v1.Watermark.verify|verify} messages.
             * @param message Watermark message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Watermark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Watermark message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Watermark & pwru.v1.Watermark.$Shape} Watermark
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Watermark & pwru.v1.Watermark.$Shape;
        }

        namespace Watermark {

            /** Properties of a Watermark. */
            interface $Properties {

                /** Watermark bootTimeNs */
                bootTimeNs?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Watermark. */
            type $Shape = pwru.v1.Watermark.$Properties;
        }

        /**
         * Properties of a Started.
         * @deprecated Use pwru.v1.Started.$Properties instead.
         */
        interface IStarted extends pwru.v1.Started.$Properties {
        }

        /** Represents a Started. */
        class Started {

            /**
             * Constructs a new Started.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Started.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Started sessionId. */
            sessionId: string;

            /** Started node. */
            node: string;

            /** Started kernelRelease. */
            kernelRelease: string;

            /** Started backend. */
            backend: string;

            /** Started rejectedBackends. */
            rejectedBackends: pwru.v1.BackendStatus.$Properties[];

            /** Started bootToWallNs. */
            bootToWallNs: Long;

            /** Started functionsAttached. */
            functionsAttached: number;

            /** Started refusedFunctions. */
            refusedFunctions: pwru.v1.RefusedFunction.$Properties[];

            /** Started heartbeatIntervalMs. */
            heartbeatIntervalMs: number;

            /** Started leaseMs. */
            leaseMs: number;

            /** Started notices. */
            notices: string[];

            /**
             * Encodes the specified Started message. Does not implicitly {@link pwru.v1.Started.verify|verify} messages.
             * @param message Started message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Started.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Started & pwru.v1.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Started & pwru.v1.Started.$Shape;
        }

        namespace Started {

            /** Properties of a Started. */
            interface $Properties {

                /** Started sessionId */
                sessionId?: (string|null);

                /** Started node */
                node?: (string|null);

                /** Started kernelRelease */
                kernelRelease?: (string|null);

                /** Started backend */
                backend?: (string|null);

                /** Started rejectedBackends */
                rejectedBackends?: (pwru.v1.BackendStatus.$Properties[]|null);

                /** Started bootToWallNs */
                bootToWallNs?: (Long|null);

                /** Started functionsAttached */
                functionsAttached?: (number|null);

                /** Started refusedFunctions */
                refusedFunctions?: (pwru.v1.RefusedFunction.$Properties[]|null);

                /** Started heartbeatIntervalMs */
                heartbeatIntervalMs?: (number|null);

                /** Started leaseMs */
                leaseMs?: (number|null);

                /** Started notices */
                notices?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Started. */
            type $Shape = pwru.v1.Started.$Properties;
        }

        /**
         * Properties of a DictionaryEntries.
         * @deprecated Use pwru.v1.DictionaryEntries.$Properties instead.
         */
        interface IDictionaryEntries extends pwru.v1.DictionaryEntries.$Properties {
        }

        /** Represents a DictionaryEntries. */
        class DictionaryEntries {

            /**
             * Constructs a new DictionaryEntries.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.DictionaryEntries.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DictionaryEntries entries. */
            entries: pwru.v1.DictionaryEntry.$Properties[];

            /**
             * Encodes the specified DictionaryEntries message. Does not implicitly {@link pwru.v1.DictionaryEntries.verify|verify} messages.
             * @param message DictionaryEntries message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.DictionaryEntries.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DictionaryEntries message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.DictionaryEntries & pwru.v1.DictionaryEntries.$Shape} DictionaryEntries
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.DictionaryEntries & pwru.v1.DictionaryEntries.$Shape;
        }

        namespace DictionaryEntries {

            /** Properties of a DictionaryEntries. */
            interface $Properties {

                /** DictionaryEntries entries */
                entries?: (pwru.v1.DictionaryEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DictionaryEntries. */
            type $Shape = {
              entries?: pwru.v1.DictionaryEntry.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a RefusedFunction.
         * @deprecated Use pwru.v1.RefusedFunction.$Properties instead.
         */
        interface IRefusedFunction extends pwru.v1.RefusedFunction.$Properties {
        }

        /** Represents a RefusedFunction. */
        class RefusedFunction {

            /**
             * Constructs a new RefusedFunction.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.RefusedFunction.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefusedFunction name. */
            name: string;

            /** RefusedFunction module. */
            module: string;

            /** RefusedFunction reason. */
            reason: string;

            /**
             * Encodes the specified RefusedFunction message. Does not implicitly {@link pwru.v1.RefusedFunction.verify|verify} messages.
             * @param message RefusedFunction message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.RefusedFunction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefusedFunction message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.RefusedFunction & pwru.v1.RefusedFunction.$Shape} RefusedFunction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.RefusedFunction & pwru.v1.RefusedFunction.$Shape;
        }

        namespace RefusedFunction {

            /** Properties of a RefusedFunction. */
            interface $Properties {

                /** RefusedFunction name */
                name?: (string|null);

                /** RefusedFunction module */
                module?: (string|null);

                /** RefusedFunction reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefusedFunction. */
            type $Shape = pwru.v1.RefusedFunction.$Properties;
        }

        /** SessionState enum. */
        enum SessionState {

            /** SESSION_STATE_UNSPECIFIED value */
            SESSION_STATE_UNSPECIFIED = 0,

            /** SESSION_STATE_PREPARING value */
            SESSION_STATE_PREPARING = 1,

            /** SESSION_STATE_ATTACHING value */
            SESSION_STATE_ATTACHING = 2,

            /** SESSION_STATE_TRACING value */
            SESSION_STATE_TRACING = 3,

            /** SESSION_STATE_DETACHING value */
            SESSION_STATE_DETACHING = 4,

            /** SESSION_STATE_ENDED value */
            SESSION_STATE_ENDED = 5
        }

        /**
         * Properties of a Status.
         * @deprecated Use pwru.v1.Status.$Properties instead.
         */
        interface IStatus extends pwru.v1.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status state. */
            state: pwru.v1.SessionState;

            /** Status functionsDone. */
            functionsDone: number;

            /** Status functionsTotal. */
            functionsTotal: number;

            /** Status accounting. */
            accounting?: (pwru.v1.Accounting.$Properties|null);

            /** Status notices. */
            notices: string[];

            /**
             * Encodes the specified Status message. Does not implicitly {@link pwru.v1.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Status & pwru.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Status & pwru.v1.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status state */
                state?: (pwru.v1.SessionState|null);

                /** Status functionsDone */
                functionsDone?: (number|null);

                /** Status functionsTotal */
                functionsTotal?: (number|null);

                /** Status accounting */
                accounting?: (pwru.v1.Accounting.$Properties|null);

                /** Status notices */
                notices?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = pwru.v1.Status.$Properties;
        }

        /**
         * Properties of an Accounting.
         * @deprecated Use pwru.v1.Accounting.$Properties instead.
         */
        interface IAccounting extends pwru.v1.Accounting.$Properties {
        }

        /** Represents an Accounting. */
        class Accounting {

            /**
             * Constructs a new Accounting.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Accounting.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Accounting producedEvents. */
            producedEvents: Long;

            /** Accounting deliveredEvents. */
            deliveredEvents: Long;

            /** Accounting withheldEvents. */
            withheldEvents: Long;

            /** Accounting pendingEvents. */
            pendingEvents: Long;

            /** Accounting losses. */
            losses: pwru.v1.Loss.$Properties[];

            /** Accounting missedHits. */
            missedHits: Long;

            /** Accounting undecidedHits. */
            undecidedHits: Long;

            /** Accounting packets. */
            packets: Long;

            /** Accounting identityEvictions. */
            identityEvictions: Long;

            /** Accounting identityFailures. */
            identityFailures: Long;

            /** Accounting blindSoftirqs. */
            blindSoftirqs: Long;

            /** Accounting identityCut. */
            identityCut: Long;

            /** Accounting droppedPackets. */
            droppedPackets: pwru.v1.DroppedPackets.$Properties[];

            /** Accounting deliveredEnds. */
            deliveredEnds: Long;

            /**
             * Encodes the specified Accounting message. Does not implicitly {@link pwru.v1.Accounting.verify|verify} messages.
             * @param message Accounting message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Accounting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Accounting message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Accounting & pwru.v1.Accounting.$Shape} Accounting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Accounting & pwru.v1.Accounting.$Shape;
        }

        namespace Accounting {

            /** Properties of an Accounting. */
            interface $Properties {

                /** Accounting producedEvents */
                producedEvents?: (Long|null);

                /** Accounting deliveredEvents */
                deliveredEvents?: (Long|null);

                /** Accounting withheldEvents */
                withheldEvents?: (Long|null);

                /** Accounting pendingEvents */
                pendingEvents?: (Long|null);

                /** Accounting losses */
                losses?: (pwru.v1.Loss.$Properties[]|null);

                /** Accounting missedHits */
                missedHits?: (Long|null);

                /** Accounting undecidedHits */
                undecidedHits?: (Long|null);

                /** Accounting packets */
                packets?: (Long|null);

                /** Accounting identityEvictions */
                identityEvictions?: (Long|null);

                /** Accounting identityFailures */
                identityFailures?: (Long|null);

                /** Accounting blindSoftirqs */
                blindSoftirqs?: (Long|null);

                /** Accounting identityCut */
                identityCut?: (Long|null);

                /** Accounting droppedPackets */
                droppedPackets?: (pwru.v1.DroppedPackets.$Properties[]|null);

                /** Accounting deliveredEnds */
                deliveredEnds?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Accounting. */
            type $Shape = pwru.v1.Accounting.$Properties;
        }

        /**
         * Properties of a DroppedPackets.
         * @deprecated Use pwru.v1.DroppedPackets.$Properties instead.
         */
        interface IDroppedPackets extends pwru.v1.DroppedPackets.$Properties {
        }

        /** Represents a DroppedPackets. */
        class DroppedPackets {

            /**
             * Constructs a new DroppedPackets.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.DroppedPackets.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DroppedPackets dropClass. */
            dropClass: pwru.v1.DropClass;

            /** DroppedPackets packets. */
            packets: Long;

            /**
             * Encodes the specified DroppedPackets message. Does not implicitly {@link pwru.v1.DroppedPackets.verify|verify} messages.
             * @param message DroppedPackets message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.DroppedPackets.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DroppedPackets message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.DroppedPackets & pwru.v1.DroppedPackets.$Shape} DroppedPackets
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.DroppedPackets & pwru.v1.DroppedPackets.$Shape;
        }

        namespace DroppedPackets {

            /** Properties of a DroppedPackets. */
            interface $Properties {

                /** DroppedPackets dropClass */
                dropClass?: (pwru.v1.DropClass|null);

                /** DroppedPackets packets */
                packets?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DroppedPackets. */
            type $Shape = pwru.v1.DroppedPackets.$Properties;
        }

        /** LossStage enum. */
        enum LossStage {

            /** LOSS_STAGE_UNSPECIFIED value */
            LOSS_STAGE_UNSPECIFIED = 0,

            /** LOSS_STAGE_KERNEL_RING value */
            LOSS_STAGE_KERNEL_RING = 1,

            /** LOSS_STAGE_NO_RING value */
            LOSS_STAGE_NO_RING = 2,

            /** LOSS_STAGE_AGENT_QUEUE value */
            LOSS_STAGE_AGENT_QUEUE = 3,

            /** LOSS_STAGE_DROPS_BUFFER value */
            LOSS_STAGE_DROPS_BUFFER = 4,

            /** LOSS_STAGE_MALFORMED value */
            LOSS_STAGE_MALFORMED = 5,

            /** LOSS_STAGE_NEW_PODS_BUFFER value */
            LOSS_STAGE_NEW_PODS_BUFFER = 6
        }

        /**
         * Properties of a Loss.
         * @deprecated Use pwru.v1.Loss.$Properties instead.
         */
        interface ILoss extends pwru.v1.Loss.$Properties {
        }

        /** Represents a Loss. */
        class Loss {

            /**
             * Constructs a new Loss.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Loss.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Loss stage. */
            stage: pwru.v1.LossStage;

            /** Loss cpu. */
            cpu: number;

            /** Loss events. */
            events: Long;

            /**
             * Encodes the specified Loss message. Does not implicitly {@link pwru.v1.Loss.verify|verify} messages.
             * @param message Loss message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Loss.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Loss message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Loss & pwru.v1.Loss.$Shape} Loss
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Loss & pwru.v1.Loss.$Shape;
        }

        namespace Loss {

            /** Properties of a Loss. */
            interface $Properties {

                /** Loss stage */
                stage?: (pwru.v1.LossStage|null);

                /** Loss cpu */
                cpu?: (number|null);

                /** Loss events */
                events?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Loss. */
            type $Shape = pwru.v1.Loss.$Properties;
        }

        /** EndReason enum. */
        enum EndReason {

            /** END_REASON_UNSPECIFIED value */
            END_REASON_UNSPECIFIED = 0,

            /** END_REASON_STOPPED value */
            END_REASON_STOPPED = 1,

            /** END_REASON_MAX_DURATION value */
            END_REASON_MAX_DURATION = 2,

            /** END_REASON_LEASE_EXPIRED value */
            END_REASON_LEASE_EXPIRED = 3,

            /** END_REASON_STOPPED_BY_OPERATOR value */
            END_REASON_STOPPED_BY_OPERATOR = 4,

            /** END_REASON_AGENT_SHUTDOWN value */
            END_REASON_AGENT_SHUTDOWN = 5
        }

        /**
         * Properties of a Summary.
         * @deprecated Use pwru.v1.Summary.$Properties instead.
         */
        interface ISummary extends pwru.v1.Summary.$Properties {
        }

        /** Represents a Summary. */
        class Summary {

            /**
             * Constructs a new Summary.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Summary.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Summary reason. */
            reason: pwru.v1.EndReason;

            /** Summary durationMs. */
            durationMs: Long;

            /** Summary functionsAttached. */
            functionsAttached: number;

            /** Summary functionsRefused. */
            functionsRefused: number;

            /** Summary functionsHit. */
            functionsHit: number;

            /** Summary accounting. */
            accounting?: (pwru.v1.Accounting.$Properties|null);

            /** Summary notices. */
            notices: string[];

            /** Summary departures. */
            departures: pwru.v1.Departure.$Properties[];

            /** Summary departuresIncomplete. */
            departuresIncomplete: boolean;

            /**
             * Encodes the specified Summary message. Does not implicitly {@link pwru.v1.Summary.verify|verify} messages.
             * @param message Summary message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Summary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Summary & pwru.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Summary & pwru.v1.Summary.$Shape;
        }

        namespace Summary {

            /** Properties of a Summary. */
            interface $Properties {

                /** Summary reason */
                reason?: (pwru.v1.EndReason|null);

                /** Summary durationMs */
                durationMs?: (Long|null);

                /** Summary functionsAttached */
                functionsAttached?: (number|null);

                /** Summary functionsRefused */
                functionsRefused?: (number|null);

                /** Summary functionsHit */
                functionsHit?: (number|null);

                /** Summary accounting */
                accounting?: (pwru.v1.Accounting.$Properties|null);

                /** Summary notices */
                notices?: (string[]|null);

                /** Summary departures */
                departures?: (pwru.v1.Departure.$Properties[]|null);

                /** Summary departuresIncomplete */
                departuresIncomplete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Summary. */
            type $Shape = pwru.v1.Summary.$Properties;
        }

        /**
         * Properties of a Departure.
         * @deprecated Use pwru.v1.Departure.$Properties instead.
         */
        interface IDeparture extends pwru.v1.Departure.$Properties {
        }

        /** Represents a Departure. */
        class Departure {

            /**
             * Constructs a new Departure.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Departure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Departure interfaceName. */
            interfaceName: string;

            /** Departure interfaceIndex. */
            interfaceIndex: number;

            /** Departure destination. */
            destination: Uint8Array;

            /** Departure lastBootTimeNs. */
            lastBootTimeNs: Long;

            /**
             * Encodes the specified Departure message. Does not implicitly {@link pwru.v1.Departure.verify|verify} messages.
             * @param message Departure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Departure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Departure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Departure & pwru.v1.Departure.$Shape} Departure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Departure & pwru.v1.Departure.$Shape;
        }

        namespace Departure {

            /** Properties of a Departure. */
            interface $Properties {

                /** Departure interfaceName */
                interfaceName?: (string|null);

                /** Departure interfaceIndex */
                interfaceIndex?: (number|null);

                /** Departure destination */
                destination?: (Uint8Array|null);

                /** Departure lastBootTimeNs */
                lastBootTimeNs?: (Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Departure. */
            type $Shape = pwru.v1.Departure.$Properties;
        }

        /**
         * Properties of a ListSessionsRequest.
         * @deprecated Use pwru.v1.ListSessionsRequest.$Properties instead.
         */
        interface IListSessionsRequest extends pwru.v1.ListSessionsRequest.$Properties {
        }

        /** Represents a ListSessionsRequest. */
        class ListSessionsRequest {

            /**
             * Constructs a new ListSessionsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ListSessionsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified ListSessionsRequest message. Does not implicitly {@link pwru.v1.ListSessionsRequest.verify|verify} messages.
             * @param message ListSessionsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ListSessionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListSessionsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ListSessionsRequest & pwru.v1.ListSessionsRequest.$Shape} ListSessionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ListSessionsRequest & pwru.v1.ListSessionsRequest.$Shape;
        }

        namespace ListSessionsRequest {

            /** Properties of a ListSessionsRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListSessionsRequest. */
            type $Shape = pwru.v1.ListSessionsRequest.$Properties;
        }

        /**
         * Properties of a ListSessionsResponse.
         * @deprecated Use pwru.v1.ListSessionsResponse.$Properties instead.
         */
        interface IListSessionsResponse extends pwru.v1.ListSessionsResponse.$Properties {
        }

        /** Represents a ListSessionsResponse. */
        class ListSessionsResponse {

            /**
             * Constructs a new ListSessionsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.ListSessionsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListSessionsResponse sessions. */
            sessions: pwru.v1.Session.$Properties[];

            /**
             * Encodes the specified ListSessionsResponse message. Does not implicitly {@link pwru.v1.ListSessionsResponse.verify|verify} messages.
             * @param message ListSessionsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.ListSessionsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListSessionsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.ListSessionsResponse & pwru.v1.ListSessionsResponse.$Shape} ListSessionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.ListSessionsResponse & pwru.v1.ListSessionsResponse.$Shape;
        }

        namespace ListSessionsResponse {

            /** Properties of a ListSessionsResponse. */
            interface $Properties {

                /** ListSessionsResponse sessions */
                sessions?: (pwru.v1.Session.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListSessionsResponse. */
            type $Shape = {
              sessions?: pwru.v1.Session.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Session.
         * @deprecated Use pwru.v1.Session.$Properties instead.
         */
        interface ISession extends pwru.v1.Session.$Properties {
        }

        /** Represents a Session. */
        class Session {

            /**
             * Constructs a new Session.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.Session.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Session id. */
            id: string;

            /** Session state. */
            state: pwru.v1.SessionState;

            /** Session ageMs. */
            ageMs: Long;

            /** Session request. */
            request?: (pwru.v1.StartTrace.$Properties|null);

            /** Session backend. */
            backend: string;

            /** Session functionsAttached. */
            functionsAttached: number;

            /** Session accounting. */
            accounting?: (pwru.v1.Accounting.$Properties|null);

            /** Session leaseRemainingMs. */
            leaseRemainingMs: Long;

            /** Session filterHidden. */
            filterHidden: boolean;

            /**
             * Encodes the specified Session message. Does not implicitly {@link pwru.v1.Session.verify|verify} messages.
             * @param message Session message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.Session.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.Session & pwru.v1.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.Session & pwru.v1.Session.$Shape;
        }

        namespace Session {

            /** Properties of a Session. */
            interface $Properties {

                /** Session id */
                id?: (string|null);

                /** Session state */
                state?: (pwru.v1.SessionState|null);

                /** Session ageMs */
                ageMs?: (Long|null);

                /** Session request */
                request?: (pwru.v1.StartTrace.$Properties|null);

                /** Session backend */
                backend?: (string|null);

                /** Session functionsAttached */
                functionsAttached?: (number|null);

                /** Session accounting */
                accounting?: (pwru.v1.Accounting.$Properties|null);

                /** Session leaseRemainingMs */
                leaseRemainingMs?: (Long|null);

                /** Session filterHidden */
                filterHidden?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Session. */
            type $Shape = {
              id?: string|null;
              state?: pwru.v1.SessionState|null;
              ageMs?: Long|null;
              request?: pwru.v1.StartTrace.$Shape|null;
              backend?: string|null;
              functionsAttached?: number|null;
              accounting?: pwru.v1.Accounting.$Shape|null;
              leaseRemainingMs?: Long|null;
              filterHidden?: boolean|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a StopSessionRequest.
         * @deprecated Use pwru.v1.StopSessionRequest.$Properties instead.
         */
        interface IStopSessionRequest extends pwru.v1.StopSessionRequest.$Properties {
        }

        /** Represents a StopSessionRequest. */
        class StopSessionRequest {

            /**
             * Constructs a new StopSessionRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.StopSessionRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StopSessionRequest id. */
            id: string;

            /**
             * Encodes the specified StopSessionRequest message. Does not implicitly {@link pwru.v1.StopSessionRequest.verify|verify} messages.
             * @param message StopSessionRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.StopSessionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StopSessionRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.StopSessionRequest & pwru.v1.StopSessionRequest.$Shape} StopSessionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.StopSessionRequest & pwru.v1.StopSessionRequest.$Shape;
        }

        namespace StopSessionRequest {

            /** Properties of a StopSessionRequest. */
            interface $Properties {

                /** StopSessionRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StopSessionRequest. */
            type $Shape = pwru.v1.StopSessionRequest.$Properties;
        }

        /**
         * Properties of a StopSessionResponse.
         * @deprecated Use pwru.v1.StopSessionResponse.$Properties instead.
         */
        interface IStopSessionResponse extends pwru.v1.StopSessionResponse.$Properties {
        }

        /** Represents a StopSessionResponse. */
        class StopSessionResponse {

            /**
             * Constructs a new StopSessionResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.StopSessionResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified StopSessionResponse message. Does not implicitly {@link pwru.v1.StopSessionResponse.verify|verify} messages.
             * @param message StopSessionResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.StopSessionResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StopSessionResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.StopSessionResponse & pwru.v1.StopSessionResponse.$Shape} StopSessionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.StopSessionResponse & pwru.v1.StopSessionResponse.$Shape;
        }

        namespace StopSessionResponse {

            /** Properties of a StopSessionResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StopSessionResponse. */
            type $Shape = pwru.v1.StopSessionResponse.$Properties;
        }

        /**
         * Properties of a BackendStatus.
         * @deprecated Use pwru.v1.BackendStatus.$Properties instead.
         */
        interface IBackendStatus extends pwru.v1.BackendStatus.$Properties {
        }

        /** Represents a BackendStatus. */
        class BackendStatus {

            /**
             * Constructs a new BackendStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: pwru.v1.BackendStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BackendStatus name. */
            name: string;

            /** BackendStatus available. */
            available: boolean;

            /** BackendStatus reason. */
            reason: string;

            /** BackendStatus cause. */
            cause: pwru.v1.RefusalCause;

            /**
             * Encodes the specified BackendStatus message. Does not implicitly {@link pwru.v1.BackendStatus.verify|verify} messages.
             * @param message BackendStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: pwru.v1.BackendStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BackendStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {pwru.v1.BackendStatus & pwru.v1.BackendStatus.$Shape} BackendStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): pwru.v1.BackendStatus & pwru.v1.BackendStatus.$Shape;
        }

        namespace BackendStatus {

            /** Properties of a BackendStatus. */
            interface $Properties {

                /** BackendStatus name */
                name?: (string|null);

                /** BackendStatus available */
                available?: (boolean|null);

                /** BackendStatus reason */
                reason?: (string|null);

                /** BackendStatus cause */
                cause?: (pwru.v1.RefusalCause|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BackendStatus. */
            type $Shape = pwru.v1.BackendStatus.$Properties;
        }

        /** RefusalCause enum. */
        enum RefusalCause {

            /** REFUSAL_CAUSE_UNSPECIFIED value */
            REFUSAL_CAUSE_UNSPECIFIED = 0,

            /** REFUSAL_CAUSE_KERNEL value */
            REFUSAL_CAUSE_KERNEL = 1,

            /** REFUSAL_CAUSE_CAPABILITY value */
            REFUSAL_CAUSE_CAPABILITY = 2,

            /** REFUSAL_CAUSE_USER_NAMESPACE value */
            REFUSAL_CAUSE_USER_NAMESPACE = 3,

            /** REFUSAL_CAUSE_SECCOMP value */
            REFUSAL_CAUSE_SECCOMP = 4,

            /** REFUSAL_CAUSE_LOCKDOWN value */
            REFUSAL_CAUSE_LOCKDOWN = 5,

            /** REFUSAL_CAUSE_SECURITY_MODULE value */
            REFUSAL_CAUSE_SECURITY_MODULE = 6,

            /** REFUSAL_CAUSE_PERF_EVENT_PARANOID value */
            REFUSAL_CAUSE_PERF_EVENT_PARANOID = 7,

            /** REFUSAL_CAUSE_KPTR_RESTRICT value */
            REFUSAL_CAUSE_KPTR_RESTRICT = 8,

            /** REFUSAL_CAUSE_FTRACE_DISABLED value */
            REFUSAL_CAUSE_FTRACE_DISABLED = 9,

            /** REFUSAL_CAUSE_KPROBES_DISABLED value */
            REFUSAL_CAUSE_KPROBES_DISABLED = 10,

            /** REFUSAL_CAUSE_TRACEFS value */
            REFUSAL_CAUSE_TRACEFS = 11,

            /** REFUSAL_CAUSE_LOCKED_MEMORY value */
            REFUSAL_CAUSE_LOCKED_MEMORY = 12,

            /** REFUSAL_CAUSE_RESOURCES value */
            REFUSAL_CAUSE_RESOURCES = 13,

            /** REFUSAL_CAUSE_VERIFIER value */
            REFUSAL_CAUSE_VERIFIER = 14,

            /** REFUSAL_CAUSE_NO_HIT value */
            REFUSAL_CAUSE_NO_HIT = 15,

            /** REFUSAL_CAUSE_LIBRARY value */
            REFUSAL_CAUSE_LIBRARY = 16
        }
    }
}
